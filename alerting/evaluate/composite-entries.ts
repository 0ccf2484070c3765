import type { SliDefinition, SloDefinition } from '../../schemas/slo/slo-definition.js';
import type { Cell, Entry } from './evaluate.js';

type Composite = Extract<SliDefinition, { kind: 'composite' }>;

/** What a minute of one objective counts in a composite by minutes, for each unit of its weight: fine enough for any share. */
const perMinute = 1_000;

/**
 * What composites count, from what their parts do. A part that is missing from the definitions, or is a composite itself,
 * counts as nothing. With `per`, values of the parts meet by name; without, all of theirs are added up.
 */
export function compositeEntries(definitions: readonly SloDefinition[], entries: readonly Entry[]): Entry[] {
  const indexOf = new Map(definitions.map(({ id }, index) => [id, index]));
  const byIndex = new Map<number, Entry[]>();
  const parts = new Set(
    definitions.flatMap(({ sli }) =>
      sli.kind === 'composite' ? sli.of.flatMap(({ slo }) => indexOf.get(slo) ?? []) : [],
    ),
  );
  for (const entry of entries) {
    if (!parts.has(entry.index)) continue;
    const known = byIndex.get(entry.index);
    if (known === undefined) byIndex.set(entry.index, [entry]);
    else known.push(entry);
  }
  return definitions.flatMap((definition, index) => {
    const { sli, per } = definition;
    if (sli.kind !== 'composite') return [];
    const cells = new Map<string, Entry>();
    for (const { slo, weight } of sli.of)
      for (const { scope: own, minuteMs, good, total } of byIndex.get(indexOf.get(slo) ?? -1) ?? []) {
        const scope = per === undefined ? '' : own;
        const key = `${minuteMs} ${scope}`;
        const counted = weigh(sli, { good, total }, weight);
        const before = cells.get(key) ?? { index, scope, minuteMs, good: 0, total: 0 };
        cells.set(key, {
          ...before,
          good: before.good + counted.good,
          total: before.total + counted.total,
        });
      }
    return [...cells.values()];
  });
}

function weigh({ count }: Composite, { good, total }: Cell, weight: number): Cell {
  if (count === 'events') return { good: good * weight, total: total * weight };
  if (total === 0) return { good: 0, total: 0 };
  const whole = weight * perMinute;
  return { good: Math.floor((whole * Math.min(good, total)) / total), total: whole };
}
