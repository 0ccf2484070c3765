import type { ChartData } from '../view/chart/chart-data.js';
import type { ChartScale } from '../view/chart/chart-scale.js';
import { axisLabels, heightOf } from '../view/chart/chart-scale.js';
import { barsOf, lineRuns, type Size } from '../view/chart/chart-shapes.js';
import { densePoints, drawDense } from './draw-dense.js';

export type Drawing = { data: ChartData; scale: ChartScale; hidden: ReadonlySet<string> };

/** Draws grid, series, heights worth knowing and marks into a box of device pixels. */
export function drawChart(
  context: CanvasRenderingContext2D,
  size: Size,
  color: (token: string) => string,
  { data, scale, hidden }: Drawing,
): void {
  const line = Math.max(1, devicePixelRatio);
  context.lineWidth = line;
  context.strokeStyle = color('--line');
  context.beginPath();
  for (const { tick } of axisLabels(scale, data.format)) {
    const y = Math.round(size.height - heightOf(tick, scale) * size.height) + (line % 2) / 2;
    context.moveTo(0, y);
    context.lineTo(size.width, y);
  }
  context.stroke();

  const shown: ChartData = { ...data, series: data.series.filter(({ key }) => !hidden.has(key)) };
  const lines = shown.series.filter(({ kind }) => kind === 'line');
  const points = lines.reduce((sum, { values }) => sum + values.length, 0);
  const isDense = points >= densePoints && drawDense(context, size, lines, scale, color);
  for (const series of shown.series) {
    if (isDense && series.kind === 'line') continue;
    const ink = color(`--${series.color}`);
    if (series.kind === 'bar') {
      context.fillStyle = ink;
      for (const { x, y, width, height } of barsOf(shown, series.key, scale, size))
        context.fillRect(x, y, width, height);
      continue;
    }
    context.strokeStyle = ink;
    context.lineWidth = 1.5 * line;
    context.lineJoin = 'round';
    for (const run of lineRuns(series, scale, size)) {
      const [first, last] = [run.at(0), run.at(-1)];
      if (first === undefined || last === undefined) continue;
      context.beginPath();
      for (const { x, y } of run) context.lineTo(x, y);
      // A single point would draw nothing.
      if (run.length === 1) context.lineTo(first.x + line, first.y);
      context.stroke();
      if (series.kind !== 'area') continue;
      const base = size.height - heightOf(Math.max(0, scale.least), scale) * size.height;
      context.lineTo(last.x, base);
      context.lineTo(first.x, base);
      context.globalAlpha = 0.14;
      context.fillStyle = ink;
      context.fill();
      context.globalAlpha = 1;
    }
  }

  context.lineWidth = line;
  for (const { value, color: token } of shown.lines) {
    const y = Math.round(size.height - heightOf(value, scale) * size.height) + (line % 2) / 2;
    dashed(context, color(`--${token}`), 0, y, size.width, y);
  }
  const spanMs = data.steps * data.stepMs;
  for (const { atMs } of data.marks) {
    const x = Math.round(((atMs - data.fromMs) / spanMs) * size.width) + (line % 2) / 2;
    dashed(context, color('--text-3'), x, 0, x, size.height);
  }
}

function dashed(
  context: CanvasRenderingContext2D,
  ink: string,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
): void {
  context.save();
  context.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  context.strokeStyle = ink;
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
  context.restore();
}
