import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';

const SQL = `
  SELECT toUnixTimestamp64Milli(inserted_at) AS atMs, count() AS facts
  FROM settle_facts
  WHERE kind IN ('run', 'report')
    AND inserted_at >= fromUnixTimestamp64Milli({fromMs: Int64}, 'UTC')
    AND inserted_at < fromUnixTimestamp64Milli({toMs: Int64}, 'UTC')
  GROUP BY atMs
  ORDER BY atMs
  LIMIT {most: UInt32}`;

/** Facts that came with one insert, which all bear its time. */
const Arrival = z.object({ atMs: z.coerce.number(), facts: z.coerce.number() });
export type Arrival = z.infer<typeof Arrival>;

export type ArrivalWindow = { fromMs: number; toMs: number; most: number };

/** What came within [from, to), oldest first: one line an insert, however many rows it had. */
export async function readArrivals(warehouse: Warehouse, window: ArrivalWindow): Promise<Arrival[]> {
  return await warehouse.query(SQL, window, Arrival, { lane: 'lookups' });
}
