import type { ChartColor, ChartData, ChartMark } from '../chart/chart-data.js';
import { formatCount } from '../format-count.js';
import { formatRatio } from '../format-ratio.js';
import { type Answer, pointsOf } from './outcome-steps.js';

/** What was not good in each step, of one or more indicators, as bars on each other. */
export function missedChart(
  parts: readonly { answer: Answer; label: string; color: ChartColor }[],
  marks: readonly ChartMark[],
): ChartData {
  const [first] = parts;
  const points = first === undefined ? [] : pointsOf(first.answer);
  return {
    fromMs: points[0] === undefined ? 0 : Date.parse(points[0].at),
    stepMs: first?.answer.stepMs ?? 1,
    steps: points.length,
    series: parts.map(({ answer, label, color }) => {
      const missed = new Map(pointsOf(answer).map(({ at, good, total }) => [at, Math.max(0, total - good)]));
      return { key: label, label, color, kind: 'bar', values: points.map(({ at }) => missed.get(at) ?? 0) };
    }),
    format: formatCount,
    least: 0,
    most: null,
    lines: [],
    marks,
  };
}

/** How much of the memory that is set was used, step by step: the peak of each, as told. */
export function memoryChart(answer: Answer, marks: readonly ChartMark[]): ChartData {
  const points = pointsOf(answer);
  return {
    fromMs: points[0] === undefined ? 0 : Date.parse(points[0].at),
    stepMs: answer.stepMs,
    steps: points.length,
    series: [
      { key: 'used', label: 'Used', color: 'accent', kind: 'line', values: points.map(({ value }) => value) },
    ],
    format: formatRatio,
    least: 0,
    most: 1,
    lines: [],
    marks,
  };
}
