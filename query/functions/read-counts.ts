import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { IN_HOURS, IN_MINUTES, IN_ROWS } from '../window/part-sql.js';
import type { WindowParts } from '../window/window-parts.js';

const KEPT = `
  ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
  AND ({team: Nullable(String)} IS NULL OR team = {team: Nullable(String)})` as const;

const OF_ROLLUP = `
  SELECT function, environment, team, provider, region, cold, outcome,
    sum(n * weight) AS weighed, sum(n) AS rows_seen, sum(retries * weight) AS again, sum(duplicates * weight) AS double` as const;

// Each sum is rounded by itself and `invocations` is the sum of the rounded ones, so that parts add up under weights too.
const SQL = `
  SELECT
    function, environment, team, provider, region,
    toInt64(floor(sumIf(weighed, outcome = 'ok') + 0.5)) AS ok,
    toInt64(floor(sumIf(weighed, outcome = 'error') + 0.5)) AS error,
    toInt64(floor(sumIf(weighed, outcome = 'timeout') + 0.5)) AS timeout,
    toInt64(floor(sumIf(weighed, outcome = 'oom') + 0.5)) AS oom,
    toInt64(floor(sumIf(weighed, outcome = 'throttled') + 0.5)) AS throttled,
    toInt64(floor(sumIf(weighed, outcome = 'rejected') + 0.5)) AS rejected,
    ok + error + timeout + oom + throttled + rejected AS invocations,
    toInt64(sum(rows_seen)) AS seen,
    toInt64(floor(sumIf(weighed, cold) + 0.5)) AS cold_starts,
    toInt64(floor(sum(again) + 0.5)) AS retries,
    toInt64(floor(sum(double) + 0.5)) AS duplicates,
    max(ended_ms) AS last_seen_ms
  FROM (
    ${OF_ROLLUP}, max(toInt64(toUnixTimestamp(hour)) + ended_after_s) * 1000 AS ended_ms
    FROM invocations_1h WHERE ${IN_HOURS} AND ${KEPT} GROUP BY ALL
    UNION ALL
    ${OF_ROLLUP}, max(toInt64(toUnixTimestamp(minute)) + ended_after_s) * 1000 AS ended_ms
    FROM invocations_1m WHERE ${IN_MINUTES} AND ${KEPT} GROUP BY ALL
    UNION ALL
    SELECT function, environment, team, provider, region, cold, outcome,
      sum(sign * weight) AS weighed,
      sum(sign) AS rows_seen,
      sum(sign * weight * (attempt > 1 AND NOT duplicate)) AS again,
      sum(sign * weight * duplicate) AS double,
      max(intDiv(toUnixTimestamp64Nano(started_at) + toInt64(duration_ns), 1000000)) AS ended_ms
    FROM invocations WHERE ${IN_ROWS} AND ${KEPT} GROUP BY ALL
  )
  GROUP BY function, environment, team, provider, region
  HAVING invocations > 0
  ORDER BY invocations DESC, function, environment, team, provider, region
  LIMIT {limit: UInt32}` as const;

// Corrections under way may leave a sum below zero for a moment.
const count = z.coerce
  .number()
  .int()
  .transform((n) => Math.max(0, n));
const Row = z.object({
  function: z.string(),
  environment: z.string(),
  team: z.string(),
  provider: z.string(),
  region: z.string(),
  ok: count,
  error: count,
  timeout: count,
  oom: count,
  throttled: count,
  rejected: count,
  invocations: count,
  seen: count,
  cold_starts: count,
  retries: count,
  duplicates: count,
  last_seen_ms: count,
});
export type FunctionCounts = z.infer<typeof Row>;

/** What to keep of a window; null keeps all. */
export type FunctionsFilter = { environment: string | null; team: string | null };

/** How often each function ran and how that ended, busiest first. Exact for any window its parts can answer. */
export async function readCounts(
  warehouse: TenantWarehouse,
  question: WindowParts & FunctionsFilter & { limit: number },
  options?: StatementOptions,
): Promise<FunctionCounts[]> {
  return await warehouse.query(SQL, question, Row, options);
}
