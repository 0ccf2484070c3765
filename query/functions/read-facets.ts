import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';

const SQL = `
  SELECT
    arraySort(groupUniqArray(200)(environment)) AS environments,
    arraySort(groupUniqArray(200)(team)) AS teams
  FROM invocations
  WHERE tenant = {tenant: String}
    AND started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}`;

const Row = z.object({ environments: z.array(z.string()), teams: z.array(z.string()) });
export type Facets = z.infer<typeof Row>;

/** What the window [from, to) can be filtered by; both lists are empty when it holds no invocation. */
export async function readFacets(
  warehouse: TenantWarehouse,
  window: { from: Date; to: Date },
  options?: StatementOptions,
): Promise<Facets> {
  const [row] = await warehouse.query(SQL, { from: window.from, to: window.to }, Row, options);
  return row ?? { environments: [], teams: [] };
}
