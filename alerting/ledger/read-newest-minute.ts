import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';

const SQL = `
  SELECT toUnixTimestamp(max(minute)) AS minute_s, count() AS times
  FROM invocations_1m
  WHERE tenant = {tenant: String} AND minute < toDateTime({before: DateTime64(3, 'UTC')})` as const;

const Row = z.object({ minute_s: z.coerce.number(), times: z.coerce.number() });

/** The last minute before an instant that there are sums of; null when there are none. */
export async function readNewestMinute(warehouse: TenantWarehouse, before: Date): Promise<number | null> {
  const [row] = await warehouse.query(SQL, { before }, Row);
  return row === undefined || row.times === 0 ? null : row.minute_s * 1000;
}
