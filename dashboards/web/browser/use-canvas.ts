import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export type Draw = (
  context: CanvasRenderingContext2D,
  size: { width: number; height: number },
  color: (token: string) => string,
) => void;

/** A canvas drawn in device pixels, again whenever its size, the theme or `draw` changes. */
export function useCanvas(draw: Draw): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement | null>(null);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || context === null || context === undefined) return;
    const redraw = (): void => {
      const { width: cssWidth, height: cssHeight } = element.getBoundingClientRect();
      const size = {
        width: Math.round(cssWidth * devicePixelRatio),
        height: Math.round(cssHeight * devicePixelRatio),
      };
      if (element.width !== size.width) element.width = size.width;
      if (element.height !== size.height) element.height = size.height;
      context.clearRect(0, 0, size.width, size.height);
      const style = getComputedStyle(element);
      draw(context, size, (token) => style.getPropertyValue(token));
    };
    const resized = new ResizeObserver(redraw);
    resized.observe(element);
    const themed = new MutationObserver(redraw);
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', redraw);
    // Paper has colours of its own.
    const paper = matchMedia('print');
    paper.addEventListener('change', redraw);
    redraw();
    return () => {
      resized.disconnect();
      themed.disconnect();
      system.removeEventListener('change', redraw);
      paper.removeEventListener('change', redraw);
    };
  }, [draw]);

  return canvas;
}
