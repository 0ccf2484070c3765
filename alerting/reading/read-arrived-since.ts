import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';

// One statement: each has a fixed cost that is more than these reads.
const SQL = `
  SELECT 'runs' AS kind FROM slo_touched
  WHERE tenant = {tenant: String} AND inserted_at > {since: DateTime64(3, 'UTC')} LIMIT 1
  UNION ALL
  SELECT 'figures' AS kind FROM slo_touched_figures
  WHERE tenant = {tenant: String} AND inserted_at > {since: DateTime64(3, 'UTC')} LIMIT 1` as const;

const Row = z.object({ kind: z.enum(['runs', 'figures']) });

/** Whether invocations, and metrics and other figures, came in since. */
export async function readArrivedSince(
  warehouse: TenantWarehouse,
  since: Date,
): Promise<{ runs: boolean; figures: boolean }> {
  const kinds = new Set((await warehouse.query(SQL, { since }, Row)).map(({ kind }) => kind));
  return { runs: kinds.has('runs'), figures: kinds.has('figures') };
}
