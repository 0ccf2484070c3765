import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { Sum } from '../budget/budget.js';
import { closedAt, cutAt, type Interval, unitsOf } from '../budget/sum-units.js';
import type { Correction } from '../corrections/correction.js';
import type { CurrentSlo } from '../definitions/fold-versions.js';
import { planExclusions } from './plan-exclusions.js';
import { readUnitSums } from './read-unit-sums.js';
import { seriesKey } from './series-key.js';

export type WindowsAsked = {
  slos: readonly CurrentSlo[];
  /** Starts of windows that all end at `end`; whole minutes. */
  starts: readonly Date[];
  end: Date;
  now: Date;
  /** Those in force, see `readCorrections`; they may be on their way, the ledger is read meanwhile. */
  corrections: readonly Correction[] | Promise<readonly Correction[]>;
};

/** In the order of the starts: `sums` without the time that corrections take out, `raw` with it. */
export type WindowSums = { slo: CurrentSlo; scope: string; sums: Sum[]; raw: Sum[] };

type Row = { key: bigint; slo: CurrentSlo; scope: string; sums: Sum[] };

/** More keys than this are not listed; then all of the tenant are read. */
const mostListed = 500;

/**
 * Sums of the ledger over windows with one end, exact to the minute; one row for each scope of an objective that the
 * longest window has anything of. One statement, however many objectives, and one more for each set of corrections that
 * takes out the same time.
 */
export async function readWindowSums(
  warehouse: TenantWarehouse,
  { slos, starts, end, now, corrections }: WindowsAsked,
): Promise<WindowSums[]> {
  const byKey = new Map(slos.map((slo) => [seriesKey(slo), slo]));
  const startsS = starts.map(minuteOf);
  const sortedS = [...new Set(startsS)].sort((one, other) => one - other);
  const [firstS = 0] = sortedS;
  const endS = minuteOf(end);
  const read = async (keys: readonly bigint[], intervals: readonly Interval[]) =>
    await readUnitSums(warehouse, {
      series: keys.length > mostListed ? [] : keys,
      units: unitsOf(cutAt(intervals, sortedS), closedAt(now)),
      startsS,
    });
  const keys = [...byKey.keys()];
  const isNothing = keys.length === 0 || starts.length === 0;
  const whole = firstS < endS ? [{ fromS: firstS, toS: endS }] : [];
  const [found, inForce] = await Promise.all([isNothing ? [] : read(keys, whole), corrections]);
  const rows = found.flatMap(({ key, scope, sums }): Row[] => {
    const slo = byKey.get(key);
    return slo === undefined ? [] : [{ key, slo, scope, sums }];
  });
  const excluded = new Map<Row, Sum[]>();
  for (const { members, intervals } of planExclusions(rows, inForce, firstS, endS)) {
    const keys = [...new Set(members.map(({ key }) => key))];
    const sumsOf = new Map(
      (await read(keys, intervals)).map(({ key, scope, sums }) => [`${key} ${scope}`, sums]),
    );
    for (const row of members) excluded.set(row, sumsOf.get(`${row.key} ${row.scope}`) ?? []);
  }
  return rows.map((row) => {
    const { slo, scope, sums: raw } = row;
    const out = excluded.get(row) ?? [];
    return { slo, scope, raw, sums: out.length === 0 ? raw : raw.map((sum, at) => without(sum, out[at])) };
  });
}

/** Both sums are read one after the other, and a minute may be worked out anew in between. */
function without(sum: Sum, out: Sum | undefined): Sum {
  if (out === undefined) return sum;
  return { good: Math.max(0, sum.good - out.good), total: Math.max(0, sum.total - out.total) };
}

function minuteOf(at: Date): number {
  return Math.max(0, Math.floor(at.getTime() / 60_000) * 60);
}
