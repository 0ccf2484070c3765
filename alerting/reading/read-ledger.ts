import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';

const BY_MINUTE = `
  SELECT intDiv(toUnixTimestamp(minute), {stepS: UInt32}) * {stepS: UInt32} AS at_s,
    toFloat64(sum(good)) AS good_sum, toFloat64(sum(total)) AS total_sum
  FROM slo_ledger_1m FINAL
  WHERE tenant = {tenant: String} AND slo = {slo: String} AND shape = {shape: String}
    AND ({scope: Nullable(String)} IS NULL OR scope = {scope: Nullable(String)})
    AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
  GROUP BY at_s
  HAVING total_sum > 0
  ORDER BY at_s
  SETTINGS do_not_merge_across_partitions_select_final = 1` as const;

const Row = z.object({ at_s: z.coerce.number(), good_sum: z.number(), total_sum: z.number() });

export type LedgerAsked = {
  slo: string;
  shape: string;
  /** Null adds up all. */
  scope: string | null;
  from: Date;
  to: Date;
  stepS: number;
};

export type LedgerPoint = { at: Date; good: number; total: number };

/** The ledger of one objective by step; steps without events are left out. */
export async function readLedger(warehouse: TenantWarehouse, asked: LedgerAsked): Promise<LedgerPoint[]> {
  const rows = await warehouse.query(BY_MINUTE, asked, Row);
  return rows.map(({ at_s, good_sum, total_sum }) => ({
    at: new Date(at_s * 1000),
    good: good_sum,
    total: total_sum,
  }));
}
