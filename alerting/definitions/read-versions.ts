import { z } from 'zod';
import { Tenant } from '../../schemas/access.js';
import type { TenantWarehouse, Warehouse } from '../../warehouse/warehouse.js';
import type { SloVersion } from './fold-versions.js';

const OF_TENANT = `
  SELECT tenant, slo, version, event, definition, source, author, toUnixTimestamp64Milli(at) AS at_ms
  FROM slo_versions
  WHERE tenant = {tenant: String} AND ({slo: Nullable(String)} IS NULL OR slo = {slo: Nullable(String)})
  ORDER BY slo, version, at`;

const OF_ALL = `
  SELECT tenant, slo, version, event, definition, source, author, toUnixTimestamp64Milli(at) AS at_ms
  FROM slo_versions
  ORDER BY tenant, slo, version, at`;

const COUNT = 'SELECT count() AS versions FROM slo_versions';

const Row = z
  .object({
    tenant: Tenant,
    slo: z.string(),
    version: z.number(),
    event: z.enum(['put', 'delete']),
    definition: z.string(),
    source: z.enum(['file', 'api']),
    author: z.string(),
    at_ms: z.coerce.number(),
  })
  .transform(({ at_ms, ...row }): SloVersion => ({ ...row, at: new Date(at_ms) }));

/** Everything that was ever said of the objectives of a tenant, or of one of them. */
export async function readVersions(warehouse: TenantWarehouse, slo: string | null): Promise<SloVersion[]> {
  return await warehouse.query(OF_TENANT, { slo }, Row);
}

export async function readAllVersions(warehouse: Warehouse): Promise<SloVersion[]> {
  return await warehouse.query(OF_ALL, {}, Row);
}

/** Grows with every change: as long as it stays the same, nothing has to be read again. */
export async function countVersions(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query(COUNT, {}, z.object({ versions: z.coerce.number() }), {
    lane: 'lookups',
  });
  return row?.versions ?? 0;
}
