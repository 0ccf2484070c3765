import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import type { Interval } from '../budget/sum-units.js';
import type { Correction } from '../corrections/correction.js';
import { correctionsOf, excludedTime, sliceSeconds } from '../corrections/excluded-time.js';

type Scoped = { slo: { definition: SloDefinition }; scope: string };

/** Rows that the same time does not count for. */
export type Exclusion<Row> = { members: Row[]; intervals: Interval[] };

/** Groups rows by the time in [fromS, toS) that corrections take out of them; those that none touches are left out. */
export function planExclusions<Row extends Scoped>(
  rows: readonly Row[],
  corrections: readonly Correction[],
  fromS: number,
  toS: number,
): Exclusion<Row>[] {
  if (corrections.length === 0) return [];
  const groups = new Map<string, { applied: Correction[]; members: [Row, ...Row[]] }>();
  for (const row of rows) {
    const { definition } = row.slo;
    const applied = correctionsOf(corrections, definition, row.scope);
    if (applied.length === 0) continue;
    const key = `${sliceSeconds(definition.sli)} ${applied.map(({ id }) => id).join(' ')}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { applied, members: [row] });
    else group.members.push(row);
  }
  return [...groups.values()].flatMap(({ applied, members }) => {
    const intervals = excludedTime(applied, members[0].slo.definition.sli, fromS, toS);
    return intervals.length === 0 ? [] : [{ members, intervals }];
  });
}
