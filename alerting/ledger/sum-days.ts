import type { Warehouse } from '../../warehouse/warehouse.js';
import type { HoursAsked } from './sum-hours.js';

const SUM = `
  INSERT INTO slo_ledger_1d (tenant, slo, shape, scope, day, good, total, computed_ms)
  SELECT tenant, slo, shape, scope, toStartOfDay(hour) AS day, sum(good), sum(total), {computedMs: UInt64}
  FROM slo_ledger_1h FINAL
  WHERE tenant = {tenant: String}
    AND hour >= toDateTime({from: DateTime64(3, 'UTC')}) AND hour < toDateTime({to: DateTime64(3, 'UTC')})
    AND (empty({slos: Array(String)}) OR slo IN {slos: Array(String)})
  GROUP BY tenant, slo, shape, scope, day`;

/** Sums hours of the ledger into days, as `sumHours` sums minutes into hours. */
export async function sumDays(warehouse: Warehouse, asked: HoursAsked, computedMs: number): Promise<void> {
  await warehouse.command(SUM, { ...asked, computedMs });
}
