import { chartCsv, fileName } from '../view/chart/chart-csv.js';
import { chartSpan } from '../view/chart/chart-data.js';
import { axisLabels, heightOf } from '../view/chart/chart-scale.js';
import { timeTicks } from '../view/debug/time-ticks.js';
import { type Drawing, drawChart } from './draw-chart.js';
import { saveFile } from './save-file.js';

export function saveChartCsv(title: string, { data }: Drawing): void {
  const type = 'text/csv;charset=utf-8';
  saveFile(fileName(title, chartSpan(data).toMs, 'csv'), new Blob([chartCsv(data)], { type }));
}

const page = { width: 1200, height: 480 };
const plot = { left: 84, top: 84, right: 24, bottom: 44 };

/** The chart as a picture to put into a report: title, legend and axes in the theme it is seen in. */
export function saveChartPng(title: string, drawing: Drawing): void {
  const canvas = document.createElement('canvas');
  canvas.width = page.width * devicePixelRatio;
  canvas.height = page.height * devicePixelRatio;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const style = getComputedStyle(document.documentElement);
  const color = (token: string) => style.getPropertyValue(token);
  const font = (size: number, weight: number) => `${weight} ${size}px ${color('--sans')}`;
  const inner = {
    width: page.width - plot.left - plot.right,
    height: page.height - plot.top - plot.bottom,
  };
  const { data, scale, hidden } = drawing;
  context.scale(devicePixelRatio, devicePixelRatio);
  context.fillStyle = color('--surface');
  context.fillRect(0, 0, page.width, page.height);
  context.fillStyle = color('--text');
  context.font = font(18, 600);
  context.fillText(title, 24, 36, page.width - 48);
  context.font = font(13, 400);
  let x = 24;
  for (const series of data.series.filter(({ key }) => !hidden.has(key)).slice(0, 12)) {
    context.fillStyle = color(`--${series.color}`);
    context.fillRect(x, 52, 10, 10);
    context.fillStyle = color('--text-2');
    context.fillText(series.label, x + 16, 61);
    x += context.measureText(series.label).width + 40;
  }
  context.fillStyle = color('--text-3');
  context.textAlign = 'right';
  for (const { tick, label } of axisLabels(scale, data.format)) {
    const y = plot.top + inner.height - heightOf(tick, scale) * inner.height;
    context.fillText(label, plot.left - 10, y + 4);
  }
  context.textAlign = 'center';
  const { fromMs, toMs } = chartSpan(data);
  for (const { label, ratio } of timeTicks(fromMs, toMs, 10))
    context.fillText(label, plot.left + ratio * inner.width, page.height - 16);
  context.setTransform(1, 0, 0, 1, plot.left * devicePixelRatio, plot.top * devicePixelRatio);
  const pixels = {
    width: inner.width * devicePixelRatio,
    height: inner.height * devicePixelRatio,
  };
  drawChart(context, pixels, color, drawing);
  canvas.toBlob((blob) => {
    if (blob !== null) saveFile(fileName(title, toMs, 'png'), blob);
  });
}
