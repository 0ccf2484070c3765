import type { Tenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { SloVersion } from './fold-versions.js';

const APPEND = `
  INSERT INTO slo_versions (tenant, slo, version, event, definition, source, author, at)
  SELECT {tenant: String}, {slo: String}, {version: UInt32}, {event: String}, {definition: String}, {source: String},
    {author: String}, {at: DateTime64(3, 'UTC')}`;

/** The one writer of definitions, for one tenant. Events only; what they come to is read, never stored. */
export type SloLog = (version: Omit<SloVersion, 'tenant'>) => Promise<void>;

export function sloLog(warehouse: Pick<Warehouse, 'command'>, tenant: Tenant): SloLog {
  return (version) => warehouse.command(APPEND, { ...version, tenant });
}
