import type { Tenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

const SUM = `
  INSERT INTO slo_ledger_1h (tenant, slo, shape, scope, hour, good, total, computed_ms)
  SELECT tenant, slo, shape, scope, toStartOfHour(minute) AS hour, sum(good), sum(total), {computedMs: UInt64}
  FROM slo_ledger_1m FINAL
  WHERE tenant = {tenant: String}
    AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
    AND (empty({slos: Array(String)}) OR slo IN {slos: Array(String)})
  GROUP BY tenant, slo, shape, scope, hour`;

/** Whole hours [from, to) of one tenant; without a list of objectives, of all. */
export type HoursAsked = { tenant: Tenant; from: Date; to: Date; slos: readonly string[] };

/** Sums minutes of the ledger into hours. Doing it again changes nothing; the later reader counts. */
export async function sumHours(warehouse: Warehouse, asked: HoursAsked, computedMs: number): Promise<void> {
  await warehouse.command(SUM, { ...asked, computedMs });
}
