import type { z } from 'zod';
import type { SliAnswer } from '../../../../schemas/sli.js';
import type { ChartData, ChartMark } from '../chart/chart-data.js';
import { formatRatio } from '../format-ratio.js';

type Answer = Pick<z.infer<typeof SliAnswer>, 'from' | 'stepMs' | 'series' | 'compared'>;

/** The share that went well over time, and the same of the time before, laid under it. */
export function successChart(
  { from, stepMs, series, compared }: Answer,
  marks: readonly ChartMark[],
): ChartData {
  const points = series[0]?.points ?? [];
  const before = compared?.series[0]?.points ?? [];
  const first = points[0];
  return {
    fromMs: first === undefined ? Date.parse(from) : Date.parse(first.at),
    stepMs,
    steps: points.length,
    series: [
      ...(before.some(({ total }) => total > 0)
        ? [
            {
              key: 'before',
              label: 'The time before',
              color: 'text-3' as const,
              kind: 'line' as const,
              values: points.map((_, index) => before[index]?.value ?? null),
            },
          ]
        : []),
      {
        key: 'success',
        label: 'This time',
        color: 'accent',
        kind: 'line',
        values: points.map(({ value }) => value),
      },
    ],
    format: formatRatio,
    least: null,
    most: 1,
    lines: [],
    marks,
  };
}
