import type { ForecastAnswer } from '../../../../schemas/cost/forecast.js';
import type { ChartData } from '../chart/chart-data.js';
import { formatUsd } from './money.js';

const dayMs = 86_400_000;

/** Days of the billing cycle as they were, and as they are expected to be. Heights are drawn, never added up. */
export function daysChart({ days }: Pick<ForecastAnswer, 'days'>): ChartData {
  const [first, last] = [days[0], days.at(-1)];
  const fromMs = first === undefined ? 0 : Date.parse(`${first.day}T00:00:00Z`);
  const steps =
    last === undefined ? 0 : Math.round((Date.parse(`${last.day}T00:00:00Z`) - fromMs) / dayMs) + 1;
  const heights = (isForecast: boolean) => {
    const values: (number | null)[] = Array.from({ length: steps }, () => null);
    for (const one of days)
      if (one.isForecast === isForecast)
        values[Math.round((Date.parse(`${one.day}T00:00:00Z`) - fromMs) / dayMs)] = Number(one.costUsd);
    return values;
  };
  return {
    fromMs,
    stepMs: dayMs,
    steps,
    series: [
      { key: 'spent', label: 'spent', color: 'series-good', kind: 'bar', values: heights(false) },
      { key: 'expected', label: 'expected', color: 'throttled', kind: 'bar', values: heights(true) },
    ],
    format: (value) => formatUsd(value.toFixed(6)),
    least: 0,
    most: null,
    lines: [],
    marks: [],
  };
}
