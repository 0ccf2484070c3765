import type { Tenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { CorrectionEvent } from './correction.js';

const APPEND = `
  INSERT INTO slo_corrections (tenant, correction, at, event, definition, author, actor, reason)
  SELECT {tenant: String}, {id: String}, {at: DateTime64(3, 'UTC')}, {event: String}, {definition: String},
    {author: String}, {actor: String}, {reason: String}`;

/** The one writer of corrections, for one tenant. Events only; what they come to is read, never stored. */
export type CorrectionLog = (event: CorrectionEvent) => Promise<void>;

export function correctionLog(warehouse: Pick<Warehouse, 'command'>, tenant: Tenant): CorrectionLog {
  return (event) => warehouse.command(APPEND, { ...event, tenant });
}
