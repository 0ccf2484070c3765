import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';

const SQL = `SELECT 1 AS seen FROM invocations_1h WHERE tenant = {tenant: String} LIMIT 1`;

const Row = z.object({ seen: z.number() });

/** Tells "nothing in this window" from "nothing was ever sent": true when the tenant has any invocation stored. */
export async function readEverSeen(warehouse: TenantWarehouse, options?: StatementOptions): Promise<boolean> {
  const rows = await warehouse.query(SQL, {}, Row, options);
  return rows.length > 0;
}
