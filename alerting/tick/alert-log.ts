import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';

// The newest entry counts, not the furthest: a clock that went back is followed.
const READ = `
  SELECT toUnixTimestamp(argMax(decided_until, at)) AS until_s, count() AS times FROM alerting_log WHERE event = 'decided'`;
const WRITE = `
  INSERT INTO alerting_log (at, event, decided_until)
  SELECT now64(3, 'UTC'), 'decided', toDateTime({until: DateTime64(3, 'UTC')})`;
const LEDGER_SEEN = `
  SELECT toUnixTimestamp64Milli(max(at)) AS seen_ms, count() AS times FROM slo_ledger_log WHERE event = 'seen'`;

const Decided = z.object({ until_s: z.coerce.number(), times: z.coerce.number() });
const Seen = z.object({ seen_ms: z.coerce.number(), times: z.coerce.number() });
const lane = { lane: 'lookups' } as const;

/** Up to which minute everything was decided; null when nothing ever was. */
export async function readDecidedUntil(warehouse: Warehouse): Promise<Date | null> {
  const [row] = await warehouse.query(READ, {}, Decided, lane);
  return row === undefined || row.times === 0 ? null : new Date(row.until_s * 1000);
}

export async function writeDecidedUntil(warehouse: Warehouse, until: Date): Promise<void> {
  await warehouse.command(WRITE, { until });
}

/** When the ledger was last brought up to date; null when it never was. */
export async function readLedgerSeen(warehouse: Warehouse): Promise<Date | null> {
  const [row] = await warehouse.query(LEDGER_SEEN, {}, Seen, lane);
  return row === undefined || row.times === 0 ? null : new Date(row.seen_ms);
}
