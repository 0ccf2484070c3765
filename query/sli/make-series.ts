import type { SliPoint, SliSeries } from '../../schemas/sli.js';

/** Counts of one step and one set of labels. */
export type Counted = { column: number; labels: readonly string[]; good: number; total: number };

/** One series for each set of labels, with a point for every step: no data is a total of 0 and a value of null. */
export function makeSeries(
  counted: readonly Counted[],
  names: readonly string[],
  columns: readonly Date[],
): SliSeries[] {
  const byLabels = new Map<string, Map<number, Counted>>();
  for (const one of counted) {
    const key = JSON.stringify(one.labels);
    const steps = byLabels.get(key) ?? new Map<number, Counted>();
    byLabels.set(key, steps.set(one.column, one));
  }
  if (byLabels.size === 0 && names.length === 0) byLabels.set('[]', new Map());
  return [...byLabels.values()].map((steps) => {
    const values = [...steps.values()].at(0)?.labels ?? [];
    return {
      labels: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])),
      points: columns.map((at) => pointOf(at, steps.get(at.getTime()))),
    };
  });
}

function pointOf(at: Date, counted: Counted | undefined): SliPoint {
  const total = Math.max(0, Math.round(counted?.total ?? 0));
  const good = Math.min(total, Math.max(0, Math.round(counted?.good ?? 0)));
  return { at: at.toISOString(), good, total, value: total === 0 ? null : good / total };
}
