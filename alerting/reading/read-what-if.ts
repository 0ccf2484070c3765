import { z } from 'zod';
import { rest, type Share } from '../../schemas/slo/percent.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';

// Whole numbers wide enough for events times the parts of an objective.
const SQL = `
  SELECT scope, toFloat64(sum(good)) AS good_sum, toFloat64(sum(total)) AS total_sum, countIf(total > 0) AS minutes,
    countIf((toInt128(total) - toInt128(good)) * {allowedOf: Int64} > toInt128(total) * {allowedParts: Int64}) AS in_breach
  FROM slo_ledger_1m FINAL
  WHERE tenant = {tenant: String} AND slo = {slo: String} AND shape = {shape: String}
    AND ({scope: Nullable(String)} IS NULL OR scope = {scope: Nullable(String)})
    AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
  GROUP BY scope
  ORDER BY scope
  SETTINGS do_not_merge_across_partitions_select_final = 1` as const;

const Row = z.object({
  scope: z.string(),
  good_sum: z.number(),
  total_sum: z.number(),
  minutes: z.coerce.number(),
  in_breach: z.coerce.number(),
});

export type WhatIfAsked = { slo: string; shape: string; scope: string | null; from: Date; to: Date };

export type WhatIfRow = {
  scope: string;
  good: number;
  total: number;
  /** Minutes with events, and those of them in which more was bad than the objective allows. */
  minutes: number;
  minutesInBreach: number;
};

/** What the ledger says of a time, held against an objective that need not have been in force. */
export async function readWhatIf(
  warehouse: TenantWarehouse,
  asked: WhatIfAsked,
  objective: Share,
): Promise<WhatIfRow[]> {
  const { parts, of } = rest(objective);
  const rows = await warehouse.query(SQL, { ...asked, allowedParts: parts, allowedOf: of }, Row);
  return rows.map((row) => ({
    scope: row.scope,
    good: row.good_sum,
    total: row.total_sum,
    minutes: row.minutes,
    minutesInBreach: row.in_breach,
  }));
}
