import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';

const OF_RUNS = `
  SELECT toUnixTimestamp64Milli(max(inserted_at)) AS last_ms, count() AS times
  FROM slo_touched
  WHERE tenant = {tenant: String} AND inserted_at >= {since: DateTime64(3, 'UTC')}` as const;

const OF_FIGURES = `
  SELECT toUnixTimestamp64Milli(max(inserted_at)) AS last_ms, count() AS times
  FROM slo_touched_figures
  WHERE tenant = {tenant: String} AND inserted_at >= {since: DateTime64(3, 'UTC')}` as const;

const Row = z.object({ last_ms: z.coerce.number(), times: z.coerce.number() });

/** When invocations, or metrics and other figures, last came in; null when none did since. */
export async function readLastArrival(
  warehouse: TenantWarehouse,
  of: 'runs' | 'figures',
  since: Date,
): Promise<Date | null> {
  const [row] = await warehouse.query(of === 'runs' ? OF_RUNS : OF_FIGURES, { since }, Row);
  return row === undefined || row.times === 0 ? null : new Date(row.last_ms);
}
