import { fileName } from '../view/chart/chart-csv.js';
import { timeTicks } from '../view/debug/time-ticks.js';
import { saveFile } from './save-file.js';

const page = { width: 1200, height: 480 };
const plot = { left: 84, top: 84, right: 24, bottom: 44 };

export type Picture = {
  title: string;
  legend: readonly { label: string; color: string }[];
  /** Words beside the plot; `ratio` is how far up. */
  axis: readonly { label: string; ratio: number }[];
  span: { fromMs: number; toMs: number };
  /** Draws the plot into a box of device pixels; `color` gives what a token of the theme stands for. */
  draw: (
    context: CanvasRenderingContext2D,
    size: { width: number; height: number },
    color: (token: string) => string,
  ) => void;
};

/** A plot as a picture to put into a report: title, legend and axes in the theme it is seen in. */
export function savePicture({ title, legend, axis, span, draw }: Picture): void {
  const canvas = document.createElement('canvas');
  canvas.width = page.width * devicePixelRatio;
  canvas.height = page.height * devicePixelRatio;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const style = getComputedStyle(document.documentElement);
  const color = (token: string) => style.getPropertyValue(token);
  const font = (size: number, weight: number) => `${weight} ${size}px ${color('--sans')}`;
  const inner = { width: page.width - plot.left - plot.right, height: page.height - plot.top - plot.bottom };
  context.scale(devicePixelRatio, devicePixelRatio);
  context.fillStyle = color('--surface');
  context.fillRect(0, 0, page.width, page.height);
  context.fillStyle = color('--text');
  context.font = font(18, 600);
  context.fillText(title, 24, 36, page.width - 48);
  context.font = font(13, 400);
  let x = 24;
  for (const { label, color: token } of legend.slice(0, 12)) {
    context.fillStyle = color(`--${token}`);
    context.fillRect(x, 52, 10, 10);
    context.fillStyle = color('--text-2');
    context.fillText(label, x + 16, 61);
    x += context.measureText(label).width + 40;
  }
  context.fillStyle = color('--text-3');
  context.textAlign = 'right';
  for (const { label, ratio } of axis)
    context.fillText(label, plot.left - 10, plot.top + (1 - ratio) * inner.height + 4);
  context.textAlign = 'center';
  for (const { label, ratio } of timeTicks(span.fromMs, span.toMs, 10))
    context.fillText(label, plot.left + ratio * inner.width, page.height - 16);
  context.setTransform(1, 0, 0, 1, plot.left * devicePixelRatio, plot.top * devicePixelRatio);
  draw(context, { width: inner.width * devicePixelRatio, height: inner.height * devicePixelRatio }, color);
  canvas.toBlob((blob) => {
    if (blob !== null) saveFile(fileName(title, span.toMs, 'png'), blob);
  });
}
