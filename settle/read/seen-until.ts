import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';

const readSql = `
  SELECT toUnixTimestamp64Milli(max(seen_until)) AS seenMs, count() AS times FROM settle_log WHERE event = 'seen'`;

const writeSql = `
  INSERT INTO settle_log (at, event, batch, seen_until)
  SELECT now64(3, 'UTC'), 'seen', '', fromUnixTimestamp64Milli({seenMs: Int64}, 'UTC')`;

const Row = z.object({ seenMs: z.coerce.number(), times: z.coerce.number() });

/** Up to when everything that came has been settled; null when nothing ever was. */
export async function readSeenUntil(warehouse: Warehouse): Promise<number | null> {
  const [row] = await warehouse.query(readSql, {}, Row, { lane: 'lookups' });
  return row === undefined || row.times === 0 ? null : row.seenMs;
}

export async function writeSeenUntil(warehouse: Warehouse, seenMs: number): Promise<void> {
  await warehouse.command(writeSql, { seenMs });
}
