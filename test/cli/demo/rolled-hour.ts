import { z } from 'zod';
import { defaultTenant } from '../../../schemas/access.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';

type Window = { from: Date; to: Date };

const Rolled = z.object({
  minute: z.coerce.number(),
  function: z.string(),
  region: z.string(),
  version: z.string(),
  ok: z.coerce.number(),
  error: z.coerce.number(),
  timeout: z.coerce.number(),
  oom: z.coerce.number(),
  throttled: z.coerce.number(),
  coldStarts: z.coerce.number(),
  reported: z.coerce.number(),
  billedMs: z.coerce.number(),
  retries: z.coerce.number(),
  duplicates: z.coerce.number(),
});
export type RolledRow = z.infer<typeof Rolled>;

const rolledSql = `
  SELECT intDiv(toUnixTimestamp(minute), 60) AS minute, function, region, version,
    sumIf(n, outcome = 'ok') AS ok, sumIf(n, outcome = 'error') AS error, sumIf(n, outcome = 'timeout') AS timeout,
    sumIf(n, outcome = 'oom') AS oom, sumIf(n, outcome = 'throttled') AS throttled, sumIf(n, cold) AS coldStarts,
    sum(r.reported) AS reported, sumIf(r.billed_ms, startsWith(billing, 'aws-')) AS billedMs, sum(r.retries) AS retries, sum(r.duplicates) AS duplicates
  FROM invocations_1m AS r
  WHERE tenant = {tenant: String}
    AND r.minute >= {from: DateTime64(3, 'UTC')} AND r.minute < {to: DateTime64(3, 'UTC')}
  GROUP BY minute, function, region, version
  HAVING sum(n) != 0`;

export function rolledKey(row: Pick<RolledRow, 'minute' | 'function' | 'region' | 'version'>): string {
  return `${row.minute} ${row.function} ${row.region} ${row.version}`;
}

/** What the rollup by minute says of each function, place and version. */
export async function readRolled(warehouse: Warehouse, window: Window): Promise<RolledRow[]> {
  return await warehouse.forTenant(defaultTenant).query(rolledSql, window, Rolled);
}

const Peak = z.object({ function: z.string(), minute: z.coerce.number(), most: z.number() });

const peaksSql = `
  SELECT function, intDiv(toUnixTimestamp(minute), 60) AS minute, running_max AS most
  FROM concurrency_1m AS c FINAL
  WHERE tenant = {tenant: String}
    AND c.minute >= {from: DateTime64(3, 'UTC')} AND c.minute < {to: DateTime64(3, 'UTC')}`;

/** The most runs at once of each function and minute. */
export async function readPeaks(warehouse: Warehouse, window: Window): Promise<z.infer<typeof Peak>[]> {
  return await warehouse.forTenant(defaultTenant).query(peaksSql, window, Peak);
}
