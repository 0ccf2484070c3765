import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type VirtualWindow, virtualWindow } from '../view/virtual-window.js';

/** Which of `count` rows to draw while the window scrolls; `top` marks where the first row would be. */
export function useRowsInView(
  count: number,
  rowPx: number,
): { view: VirtualWindow; top: RefObject<HTMLDivElement | null> } {
  const top = useRef<HTMLDivElement | null>(null);
  const [scrolled, setScrolled] = useState({ px: 0, viewportPx: innerHeight });

  useLayoutEffect(() => {
    const read = (): void => {
      const px = -(top.current?.getBoundingClientRect().top ?? 0);
      // Steps of a row keep scrolling from drawing every frame.
      const step = Math.floor(px / rowPx) * rowPx;
      setScrolled((before) =>
        before.px === step && before.viewportPx === innerHeight
          ? before
          : { px: step, viewportPx: innerHeight },
      );
    };
    read();
    addEventListener('scroll', read, { passive: true });
    addEventListener('resize', read);
    return () => {
      removeEventListener('scroll', read);
      removeEventListener('resize', read);
    };
  }, [rowPx, count]);

  return { view: virtualWindow(scrolled.px, scrolled.viewportPx, rowPx, count), top };
}
