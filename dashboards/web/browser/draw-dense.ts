import type { ChartSeries } from '../view/chart/chart-data.js';
import { type ChartScale, heightOf } from '../view/chart/chart-scale.js';
import type { Size } from '../view/chart/chart-shapes.js';

/** From so many points on, strokes of paths no longer keep up with a drag, and their smooth edges are not seen. */
export const densePoints = 20_000;

/**
 * Many long lines, written pixel by pixel into a picture of their own: a path of as many corners takes twenty times as long.
 * False where a colour is not one this can write; then nothing was drawn.
 */
export function drawDense(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  lines: readonly ChartSeries[],
  scale: ChartScale,
  color: (token: string) => string,
): boolean {
  const inks = lines.map((one) => inkOf(color(`--${one.color}`)));
  if (inks.includes(null) || width < 1 || height < 1) return false;
  const picture = new ImageData(width, height);
  const pixels = new Uint32Array(picture.data.buffer);
  const thick = Math.max(1, Math.round(1.25 * devicePixelRatio));
  for (const [index, { values }] of lines.entries())
    drawLine(pixels, { width, height }, values, scale, inks[index] ?? 0, thick);
  const layer = new OffscreenCanvas(width, height);
  layer.getContext('2d')?.putImageData(picture, 0, 0);
  context.drawImage(layer, 0, 0);
  return true;
}

/** Each column of pixels is filled from where the line enters it to where it leaves. */
function drawLine(
  pixels: Uint32Array,
  { width, height }: Size,
  values: readonly (number | null)[],
  scale: ChartScale,
  ink: number,
  thick: number,
): void {
  const perStep = width / values.length;
  let before: number | null = null;
  let x = perStep / 2;
  for (const value of values) {
    const y = value === null ? null : height - heightOf(value, scale) * height;
    if (y !== null) {
      const fromX = before === null ? x : x - perStep;
      const fromY = before ?? y;
      const slope = x === fromX ? 0 : (y - fromY) / (x - fromX);
      const last = Math.min(width - 1, Math.floor(x));
      for (let column = Math.max(0, Math.floor(fromX)); column <= last; column++) {
        const enters = fromY + slope * (Math.max(fromX, column) - fromX);
        const leaves = fromY + slope * (Math.min(x, column + 1) - fromX);
        const top = Math.max(0, Math.floor(Math.min(enters, leaves) - thick / 2));
        const bottom = Math.min(height, Math.max(top + thick, Math.ceil(Math.max(enters, leaves))));
        for (let at = top * width + column; at < bottom * width; at += width) pixels[at] = ink;
      }
    }
    before = y;
    x += perStep;
  }
}

/** #rrggbb as a pixel, opaque, in the order of bytes of this machine; null of any other way to write a colour. */
function inkOf(color: string): number | null {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color.trim());
  if (found === null) return null;
  const [red = 0, green = 0, blue = 0] = found.slice(1).map((part) => Number.parseInt(part, 16));
  return new Uint32Array(new Uint8Array([red, green, blue, 255]).buffer)[0] ?? null;
}
