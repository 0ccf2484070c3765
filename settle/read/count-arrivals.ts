import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';

const SQL = `
  SELECT count() AS facts FROM settle_facts
  WHERE inserted_at >= fromUnixTimestamp64Milli({fromMs: Int64}, 'UTC')
    AND inserted_at < fromUnixTimestamp64Milli({toMs: Int64}, 'UTC')`;

const Row = z.object({ facts: z.coerce.number() });

/** How many facts came within [from, to), which says how large a question about them would be. */
export async function countArrivals(
  warehouse: Warehouse,
  window: { fromMs: number; toMs: number },
): Promise<number> {
  const [row] = await warehouse.query(SQL, window, Row, { lane: 'lookups' });
  return row?.facts ?? 0;
}
