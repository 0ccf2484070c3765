import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { CorrectionEvent } from './correction.js';
import { type FoldedCorrections, foldCorrections } from './fold-corrections.js';

const SQL = `
  SELECT correction, toUnixTimestamp64Milli(at) AS at_ms, event, definition, author, actor, reason
  FROM slo_corrections
  WHERE tenant = {tenant: String} AND ({id: Nullable(String)} IS NULL OR correction = {id: Nullable(String)})
  ORDER BY correction, at, event` as const;

const Row = z
  .object({
    correction: z.string(),
    at_ms: z.coerce.number(),
    event: z.enum(['put', 'delete']),
    definition: z.string(),
    author: z.string(),
    actor: z.string(),
    reason: z.string(),
  })
  .transform(({ correction, at_ms, ...rest }): CorrectionEvent => {
    return { ...rest, id: correction, at: new Date(at_ms) };
  });

/** Everything that was ever said of the corrections of a tenant, or of one, and what it comes to. */
export async function readCorrections(
  warehouse: TenantWarehouse,
  id: string | null,
): Promise<FoldedCorrections> {
  return foldCorrections(await warehouse.query(SQL, { id }, Row));
}
