import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';

const SQL = `
  SELECT toUnixTimestamp(min(minute)) AS minute_s, count() AS times FROM invocations_1m WHERE tenant = {tenant: String}` as const;

const Row = z.object({ minute_s: z.coerce.number(), times: z.coerce.number() });

/** The first minute there are sums of; null when there are none. */
export async function readOldestMinute(warehouse: TenantWarehouse): Promise<number | null> {
  const [row] = await warehouse.query(SQL, {}, Row);
  return row === undefined || row.times === 0 ? null : row.minute_s * 1000;
}
