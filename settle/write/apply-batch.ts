import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';

const appliedSql = `
  INSERT INTO settle_log (at, event, batch, seen_until)
  SELECT now64(3, 'UTC'), 'applied', {batch: String}, fromUnixTimestamp64Milli(0, 'UTC')`;

// The order makes the blocks the same every time; the token counts blocks.
const applySql = `
  INSERT INTO invocations
  SELECT * EXCEPT (batch, created_at) FROM settle_batches
  WHERE batch = {batch: String}
  ORDER BY tenant, environment, function, started_at, span_id, revision, sign`;

const countSql = `
  SELECT countIf(sign = 1 AND revision > 0) AS corrected,
    countIf(sign = 1 AND source = 'report' AND revision = 0) AS reported,
    countIf(sign = 1 AND source = 'inferred' AND revision = 0) AS inferred,
    countIf(sign = -1) - countIf(sign = 1 AND revision > 0) AS cancelled,
    count() AS rows
  FROM settle_batches WHERE batch = {batch: String}`;

const pendingSql = `
  SELECT DISTINCT batch FROM settle_batches
  WHERE batch NOT IN (SELECT batch FROM settle_log WHERE event = 'applied')
  ORDER BY batch`;

const Count = z.object({
  corrected: z.coerce.number(),
  reported: z.coerce.number(),
  inferred: z.coerce.number(),
  cancelled: z.coerce.number(),
  rows: z.coerce.number(),
});

/** Rows that a batch changed, by what happened to them. */
export type Corrections = z.infer<typeof Count>;

export const noCorrections: Corrections = { corrected: 0, reported: 0, inferred: 0, cancelled: 0, rows: 0 };

/** Carries a batch from the outbox into `invocations`, once however often it is called. */
export async function applyBatch(warehouse: Warehouse, batch: string): Promise<Corrections> {
  const [counts = noCorrections] = await warehouse.query(countSql, { batch }, Count, { lane: 'lookups' });
  if (counts.rows === 0) return counts;
  await warehouse.command(applySql, { batch }, { onceToken: batch });
  await warehouse.command(appliedSql, { batch });
  return counts;
}

/** Batches that an earlier run left on their way, oldest first. */
export async function pendingBatches(warehouse: Warehouse): Promise<string[]> {
  const rows = await warehouse.query(pendingSql, {}, z.object({ batch: z.string() }), { lane: 'lookups' });
  return rows.map(({ batch }) => batch);
}
