import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';

// A day earlier too: the first difference of a running counter may reach into the window.
const SQL = `
  SELECT 1 AS counted FROM provider_counts
  WHERE tenant = {tenant: String} AND minute >= {from: DateTime64(3, 'UTC')} - toIntervalDay(1)
    AND minute < {to: DateTime64(3, 'UTC')}
  LIMIT 1` as const;

const Row = z.object({ counted: z.number() });

/** Whether any provider counted anything. Spares most installations the question of how much, which is slow to ask. */
export async function readAnyCounted(
  warehouse: TenantWarehouse,
  window: { from: Date; to: Date },
  options?: StatementOptions,
): Promise<boolean> {
  const rows = await warehouse.query(SQL, window, Row, options);
  return rows.length > 0;
}
