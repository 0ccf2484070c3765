import { chartCsv, fileName } from '../view/chart/chart-csv.js';
import { chartSpan } from '../view/chart/chart-data.js';
import { axisLabels, heightOf } from '../view/chart/chart-scale.js';
import { type Drawing, drawChart } from './draw-chart.js';
import { saveFile } from './save-file.js';
import { savePicture } from './save-picture.js';

export function saveChartCsv(title: string, { data }: Drawing): void {
  const type = 'text/csv;charset=utf-8';
  saveFile(fileName(title, chartSpan(data).toMs, 'csv'), new Blob([chartCsv(data)], { type }));
}

export function saveChartPng(title: string, drawing: Drawing): void {
  const { data, scale, hidden } = drawing;
  savePicture({
    title,
    legend: data.series.filter(({ key }) => !hidden.has(key)),
    axis: axisLabels(scale, data.format).map(({ tick, label }) => ({ label, ratio: heightOf(tick, scale) })),
    span: chartSpan(data),
    draw: (context, size, color) => drawChart(context, size, color, drawing),
  });
}
