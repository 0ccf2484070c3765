import { z } from 'zod';
import { Tenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

const READ_SEEN = `
  SELECT toUnixTimestamp64Milli(max(seen_until)) AS seen_ms, count() AS times FROM slo_ledger_log WHERE event = 'seen'`;

const READ_FILLED = `
  SELECT tenant, series, toUnixTimestamp(filled_from) AS from_s
  FROM slo_ledger_log FINAL
  WHERE event = 'filled' AND at > (SELECT max(at) FROM slo_ledger_log WHERE event = 'gap')`;

const SEEN = `
  INSERT INTO slo_ledger_log (at, event, seen_until, tenant, series, filled_from)
  SELECT now64(3, 'UTC'), 'seen', {seen: DateTime64(3, 'UTC')}, '', '', toDateTime(0)`;

const GAP = `
  INSERT INTO slo_ledger_log (at, event, seen_until, tenant, series, filled_from)
  SELECT now64(3, 'UTC'), 'gap', toDateTime64(0, 3), '', '', toDateTime(0)`;

const FILLED = `
  INSERT INTO slo_ledger_log (at, event, seen_until, tenant, series, filled_from)
  SELECT now64(3, 'UTC'), 'filled', toDateTime64(0, 3), {tenant: String}, arrayJoin({series: Array(String)}),
    toDateTime({filledFrom: DateTime64(3, 'UTC')})`;

const Seen = z.object({ seen_ms: z.coerce.number(), times: z.coerce.number() });
const Filled = z.object({ tenant: Tenant, series: z.string(), from_s: z.coerce.number() });

/** How far back each series is filled, by tenant and series. */
export type FilledFrom = Map<string, number>;

export function fillKey(tenant: Tenant, series: string): string {
  return `${tenant} ${series}`;
}

/** Up to when every arrival has been taken in; null when none ever was. */
export async function readSeen(warehouse: Warehouse): Promise<number | null> {
  const [row] = await warehouse.query(READ_SEEN, {}, Seen, { lane: 'lookups' });
  return row === undefined || row.times === 0 ? null : row.seen_ms;
}

export async function readFilled(warehouse: Warehouse): Promise<FilledFrom> {
  const rows = await warehouse.query(READ_FILLED, {}, Filled, { lane: 'lookups' });
  return new Map(rows.map(({ tenant, series, from_s }) => [fillKey(tenant, series), from_s * 1000]));
}

export async function writeSeen(warehouse: Warehouse, seenMs: number): Promise<void> {
  await warehouse.command(SEEN, { seen: new Date(seenMs) });
}

export async function writeGap(warehouse: Warehouse): Promise<void> {
  await warehouse.command(GAP);
}

/** A statement holds at most 256 kB. */
const mostSeries = 1_000;

export async function writeFilled(
  warehouse: Warehouse,
  tenant: Tenant,
  series: readonly string[],
  filledFrom: Date,
): Promise<void> {
  for (let from = 0; from < series.length; from += mostSeries) {
    const some = series.slice(from, from + mostSeries);
    await warehouse.command(FILLED, { tenant, series: some, filledFrom });
  }
}
