import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';

// A failed attempt that was tried again is not lost: its last attempt says what became of it.
const LOST = `
  tenant = {tenant: String} AND outcome != 'ok' AND NOT superseded AND NOT duplicate
  AND started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}
  AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
  AND ({team: Nullable(String)} IS NULL OR team = {team: Nullable(String)})` as const;

const COUNTS = `
  SELECT function, environment, team, toInt64(floor(sum(sign * weight) + 0.5)) AS lost
  FROM invocations
  WHERE ${LOST}
  GROUP BY function, environment, team
  HAVING lost > 0` as const;

// Spans lie in the order of their traces, so those of the lost runs are few reads however long the window is. A span
// starts with its run; one told by a report alone has none.
const TOLD = `
  SELECT
    function, environment, team,
    toInt64(floor(sum(n) + 0.5)) AS told,
    toString(sum(toDecimal256(worth, 6) * toDecimal256(n, 4))) AS usd
  FROM (
    SELECT function, environment, team, trace_id, span_id, sum(sign * weight) AS n
    FROM invocations
    WHERE ${LOST}
    GROUP BY function, environment, team, trace_id, span_id
    HAVING n > 0
  ) AS lost
  INNER JOIN (
    SELECT trace_id, span_id, any(attributes[{attribute: String}]) AS worth
    FROM spans
    WHERE tenant = {tenant: String}
      AND started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}
      AND trace_id IN (SELECT trace_id FROM invocations WHERE ${LOST})
    GROUP BY trace_id, span_id
    HAVING match(worth, '^[0-9]{1,12}([.][0-9]+)?$')
  ) AS told USING (trace_id, span_id)
  GROUP BY function, environment, team` as const;

const whose = { function: z.string(), environment: z.string(), team: z.string() };
const Counted = z.object({ ...whose, lost: z.coerce.number().int().nonnegative() });
const Told = z.object({ ...whose, told: z.coerce.number().int().nonnegative(), usd: z.string() });

export type LostQuestion = { from: Date; to: Date; environment: string | null; team: string | null };
export type Lost = z.infer<typeof Counted>;
export type ToldValue = z.infer<typeof Told>;

/** How many requests of each function failed for good in the window. */
export async function readLost(
  warehouse: TenantWarehouse,
  question: LostQuestion,
  options?: StatementOptions,
): Promise<Lost[]> {
  return await warehouse.query(COUNTS, question, Counted, options);
}

/** What their own spans say they were worth, where they say so: spans are kept for a shorter time than runs. */
export async function readToldValues(
  warehouse: TenantWarehouse,
  question: LostQuestion & { attribute: string },
  options?: StatementOptions,
): Promise<ToldValue[]> {
  return await warehouse.query(TOLD, question, Told, options);
}
