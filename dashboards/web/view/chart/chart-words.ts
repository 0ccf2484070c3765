import { clockTime } from '../clock-time.js';
import { unknown } from '../figure.js';
import { type ChartData, chartSpan } from './chart-data.js';

/** When one step was. */
export function stepWhen({ fromMs, stepMs, steps }: ChartData, index: number): string {
  const spanMs = steps * stepMs;
  const at = fromMs + index * stepMs;
  return `${clockTime(at, spanMs)} to ${clockTime(at + stepMs, Math.min(spanMs, 86_400_000))}`;
}

/** One step in words: when, and every value. */
export function stepWords(data: ChartData, index: number): string {
  const values = data.series.map(({ label, values: all }) => {
    const value = all[index] ?? null;
    return `${label} ${value === null ? unknown : data.format(value)}`;
  });
  return [stepWhen(data, index), ...values.slice(0, 8)].join(' · ');
}

/** The whole chart in words: of each series its latest, lowest and highest value, then what happened when. */
export function chartWords(data: ChartData): string {
  const { fromMs, toMs } = chartSpan(data);
  const spanMs = toMs - fromMs;
  const sentences = data.series.slice(0, 12).map(({ label, values }) => {
    const known = values.filter((value) => value !== null);
    const last = known.at(-1);
    if (last === undefined) return `${label}: not known.`;
    const low = known.reduce((one, other) => Math.min(one, other));
    const high = known.reduce((one, other) => Math.max(one, other));
    return `${label}: latest ${data.format(last)}, from ${data.format(low)} to ${data.format(high)}.`;
  });
  const lines = data.lines.map(({ label, value }) => `${label} at ${data.format(value)}.`);
  const marks = data.marks.map(({ label, atMs }) => `${label} at ${clockTime(atMs, spanMs)}.`);
  const window = `From ${clockTime(fromMs, spanMs)} to ${clockTime(toMs, spanMs)}.`;
  return [window, ...sentences, ...lines, ...marks.slice(0, 20)].join(' ');
}
