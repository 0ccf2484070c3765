import type { z } from 'zod';
import type { Deployment } from '../../../../schemas/deployment.js';
import type { SliAnswer } from '../../../../schemas/sli.js';
import type { ChartColor, ChartData, ChartMark, ChartSeries } from '../chart/chart-data.js';
import { formatCount } from '../format-count.js';

type Answer = Pick<z.infer<typeof SliAnswer>, 'from' | 'stepMs' | 'series'>;

const colors: readonly ChartColor[] = ['cat-1', 'cat-2', 'cat-3', 'cat-4', 'cat-5', 'cat-6', 'cat-7'];

/** Failures in each step, stacked by function: the few that fail most, and all others together. */
export function failingChart(answer: Answer, marks: readonly ChartMark[]): ChartData {
  const first = answer.series[0]?.points[0];
  const steps = answer.series[0]?.points.length ?? 0;
  const all = answer.series
    .map(({ labels, points }) => {
      const bad = points.map(({ good, total }) => Math.max(0, total - good));
      return { name: labels['function'] ?? '', bad, sum: bad.reduce((sum, one) => sum + one, 0) };
    })
    .filter(({ sum }) => sum > 0)
    .sort((one, other) => other.sum - one.sum);
  const shown = all.slice(0, colors.length);
  const others = all.slice(colors.length);
  const series = shown.map(
    ({ name, bad }, index): ChartSeries => ({
      key: `function ${name}`,
      label: name === '' ? 'not told' : name,
      color: colors[index] ?? 'text-3',
      kind: 'bar',
      values: bad,
    }),
  );
  if (others.length > 0)
    series.push({
      key: 'others',
      label: `${others.length} others`,
      color: 'text-3',
      kind: 'bar',
      values: Array.from({ length: steps }, (_, index) =>
        others.reduce((sum, { bad }) => sum + (bad[index] ?? 0), 0),
      ),
    });
  return {
    fromMs: first === undefined ? Date.parse(answer.from) : Date.parse(first.at),
    stepMs: answer.stepMs,
    steps,
    series,
    format: formatCount,
    least: 0,
    most: null,
    lines: [],
    marks,
  };
}

const mostMarks = 40;

/** Deployments as flags under a chart, each leading to the version on the page of its function. */
export function deploymentMarks(
  deployments: readonly Pick<Deployment, 'function' | 'version' | 'at'>[],
): ChartMark[] {
  return deployments.slice(0, mostMarks).map(({ function: name, version, at }) => ({
    atMs: Date.parse(at),
    label: `${name} ${version}`,
    href: `/functions/${encodeURIComponent(name)}?${new URLSearchParams({ version })}`,
  }));
}
