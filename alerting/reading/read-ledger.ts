import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { Sum } from '../budget/budget.js';
import type { Interval } from '../budget/sum-units.js';
import type { Correction } from '../corrections/correction.js';
import type { CurrentSlo } from '../definitions/fold-versions.js';
import { IN_INTERVALS, intervalParams } from './in-intervals.js';
import { planExclusions } from './plan-exclusions.js';
import { readScopes } from './read-scopes.js';
import { seriesKey } from './series-key.js';

const BY_MINUTE = `
  SELECT intDiv(toUnixTimestamp(minute), {stepS: UInt32}) * {stepS: UInt32} AS at_s,
    toFloat64(sum(good)) AS good_sum, toFloat64(sum(total)) AS total_sum
  FROM slo_ledger_1m FINAL
  WHERE tenant = {tenant: String} AND series = {series: UInt64}
    AND (empty({scopes: Array(String)}) OR scope IN {scopes: Array(String)})
    AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
    AND ({isWhole: Bool} OR ${IN_INTERVALS})
  GROUP BY at_s
  HAVING total_sum > 0
  ORDER BY at_s
  SETTINGS do_not_merge_across_partitions_select_final = 1, optimize_move_to_prewhere_if_final = 1` as const;

const Row = z.object({ at_s: z.coerce.number(), good_sum: z.number(), total_sum: z.number() });

export type LedgerAsked = {
  slo: CurrentSlo;
  /** Null adds up all. */
  scope: string | null;
  from: Date;
  to: Date;
  stepS: number;
  /** Those in force; see `readCorrections`. */
  corrections: readonly Correction[];
};

/** `good` and `total` leave out what corrections take out; `raw` does not. */
export type LedgerPoint = { at: Date; good: number; total: number; raw: Sum };

/** The ledger of one objective by step; steps without events are left out. */
export async function readLedger(warehouse: TenantWarehouse, asked: LedgerAsked): Promise<LedgerPoint[]> {
  const { slo, scope, from, to, stepS, corrections } = asked;
  const series = seriesKey(slo);
  const read = async (scopes: readonly string[], intervals: readonly Interval[] | null) => {
    const params = { series, scopes, from, to, stepS, isWhole: intervals === null };
    return await warehouse.query(BY_MINUTE, { ...params, ...intervalParams(intervals ?? []) }, Row);
  };
  const chosen = scope === null ? [] : [scope];
  const rows = await read(chosen, null);
  const out = new Map<number, Sum>();
  const scopes = scope === null ? await readScopes(warehouse, { series, from, to }, corrections) : chosen;
  const scoped = scopes.map((one) => ({ slo, scope: one }));
  const [fromS, toS] = [from, to].map((at) => Math.floor(at.getTime() / 60_000) * 60);
  for (const { members, intervals } of planExclusions(scoped, corrections, fromS ?? 0, toS ?? 0)) {
    const excluded = await read(
      members.map((one) => one.scope),
      intervals,
    );
    for (const { at_s, good_sum, total_sum } of excluded) {
      const { good, total } = out.get(at_s) ?? { good: 0, total: 0 };
      out.set(at_s, { good: good + good_sum, total: total + total_sum });
    }
  }
  return rows.map(({ at_s, good_sum: good, total_sum: total }) => {
    const gone = out.get(at_s) ?? { good: 0, total: 0 };
    const left = { good: Math.max(0, good - gone.good), total: Math.max(0, total - gone.total) };
    return { at: new Date(at_s * 1000), ...left, raw: { good, total } };
  });
}
