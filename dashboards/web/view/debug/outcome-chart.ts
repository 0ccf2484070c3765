import type { ChartColor, ChartData, ChartMark } from '../chart/chart-data.js';
import { formatCount } from '../format-count.js';
import { type OutcomeKind, type OutcomeStep, outcomeKinds, outcomeWords } from './outcome-steps.js';

const colors: Readonly<Record<OutcomeKind, ChartColor>> = {
  ok: 'series-good',
  failed: 'bad',
  timeout: 'warn',
  throttled: 'throttled',
};

/** How many ended how in each step, on each other; kinds that did not happen are left out. */
export function outcomeChart(
  steps: readonly OutcomeStep[],
  stepMs: number,
  marks: readonly ChartMark[],
): ChartData {
  return {
    fromMs: steps[0]?.atMs ?? 0,
    stepMs,
    steps: steps.length,
    series: outcomeKinds
      .filter((kind) => kind === 'ok' || steps.some((step) => step[kind] > 0))
      .map((kind) => ({
        key: kind,
        label: outcomeWords[kind],
        color: colors[kind],
        kind: 'bar',
        values: steps.map((step) => step[kind]),
      })),
    format: formatCount,
    least: 0,
    most: null,
    lines: [],
    marks,
  };
}
