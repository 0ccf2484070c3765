import type { SliDefinition, SloDefinition } from '../../schemas/slo/slo-definition.js';
import { type Place, scopeIn } from '../evaluate/match-slos.js';
import type { GaugeRow } from './read-gauge.js';

type Gauge = Extract<SliDefinition, { kind: 'gauge' }>;
type Judged = { place: Place; minuteMs: number; good: number; total: number };

/** What a gauge counts: points as they are, or minutes, each by all series of its scope. */
export function judgeGauge(
  definition: SloDefinition,
  sli: Gauge,
  rows: readonly (GaugeRow & { place: Place })[],
): Judged[] {
  if (sli.count === 'points')
    return rows.map(({ place, minute_s, good, told }) => {
      return { place, minuteMs: minute_s * 1000, good, total: told };
    });
  const minutes = new Map<string, { place: Place; minuteMs: number; value: number }>();
  for (const row of rows) {
    const scope = scopeIn(definition, row.place);
    if (scope === null) continue;
    const key = `${row.minute_s} ${scope}`;
    const before = minutes.get(key);
    const value = figureOf(sli, row);
    if (before === undefined) minutes.set(key, { place: row.place, minuteMs: row.minute_s * 1000, value });
    else before.value = together(sli, before.value, value);
  }
  return [...minutes.values()].map(({ place, minuteMs, value }) => ({
    place,
    minuteMs,
    good: isGood(sli, value) ? 1 : 0,
    total: 1,
  }));
}

function figureOf({ series }: Gauge, row: GaugeRow): number {
  return series === 'max' ? row.highest : series === 'min' ? row.lowest : row.together;
}

function together({ series }: Gauge, one: number, other: number): number {
  if (series === 'sum') return one + other;
  return series === 'max' ? Math.max(one, other) : Math.min(one, other);
}

function isGood({ below, above }: Gauge, value: number): boolean {
  return (below === undefined || value < below) && (above === undefined || value > above);
}
