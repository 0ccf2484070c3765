import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../../warehouse/warehouse.js';
import { dayParts, IN_DAYS, IN_HOURS_BESIDE_DAYS } from '../../window/day-parts.js';
import { IN_MINUTES, IN_ROWS } from '../../window/part-sql.js';
import type { WindowParts } from '../../window/window-parts.js';
import { SHARED_TIME } from './shared-time-sql.js';
import { FILTERS, type UsageFilter } from './usage-sql.js';

const OF = `
  function, environment, team, version, alias, provider, region, arch, billing, billed_memory_mb AS memory_mb, cold,
  toString(outcome) AS outcome, weight` as const;
const SUMS = `
  sum(n) AS runs, sum(r.retries) AS again, sum(r.duplicates) AS double, sum(request_units) AS units, sum(billed_ms) AS ms,
  sum(billed_ms * billed_memory_mb) AS mb_ms, sum(billed_cpu_us) AS cpu, sum(r.init_ns) AS init,
  sumIf(billed_ms, billed_memory_mb = 0) AS ms_without_memory, max(memory_used_bytes_max) AS used_max` as const;

const SQL = `
  SELECT function, environment, team, version, alias, provider, region, arch, billing, memory_mb, cold, outcome, weight,
    toString(sum(runs)) AS runs, toString(sum(again)) AS retries, toString(sum(double)) AS duplicates,
    toString(sum(units)) AS units, toString(sum(ms)) AS ms, toString(sum(mb_ms)) AS mb_ms, toString(sum(cpu)) AS cpu,
    toString(sum(init)) AS init_ns, toString(sum(u.ms_without_memory)) AS ms_without_memory, max(used_max) AS used_max_bytes
  FROM (
    SELECT ${OF}, ${SUMS} FROM usage_1d AS r WHERE ${IN_DAYS} AND ${FILTERS} GROUP BY ALL
    UNION ALL
    SELECT ${OF}, ${SUMS} FROM invocations_1h AS r WHERE ${IN_HOURS_BESIDE_DAYS} AND ${FILTERS} GROUP BY ALL
    UNION ALL
    SELECT ${OF}, ${SUMS} FROM invocations_1m AS r WHERE ${IN_MINUTES} AND ${FILTERS} GROUP BY ALL
    UNION ALL
    SELECT ${OF}, sum(sign) AS runs, sum(sign * (attempt > 1 AND NOT duplicate)) AS again, sum(sign * duplicate) AS double,
      sum(sign * toInt64(request_units)) AS units, sum(sign * toInt64(billed_ms)) AS ms,
      sum(sign * toInt64(billed_ms * billed_memory_mb)) AS mb_ms, sum(sign * toInt64(billed_cpu_us)) AS cpu,
      sum(sign * toInt64(r.init_ns)) AS init, sumIf(sign * toInt64(billed_ms), billed_memory_mb = 0) AS ms_without_memory,
      max(memory_used_bytes) AS used_max
    FROM invocations AS r WHERE ${IN_ROWS} AND ${FILTERS} GROUP BY ALL
    UNION ALL
    SELECT ${OF}, toInt64(0) AS runs, toInt64(0) AS again, toInt64(0) AS double, toInt64(0) AS units, -sum(r.ms) AS ms,
      -sum(r.ms * billed_memory_mb) AS mb_ms, toInt64(0) AS cpu, toInt64(0) AS init,
      -sumIf(r.ms, billed_memory_mb = 0) AS ms_without_memory, toUInt64(0) AS used_max
    FROM ${SHARED_TIME} AND ${FILTERS} GROUP BY ALL
  ) AS u
  WHERE {tenant: String} != ''
  GROUP BY function, environment, team, version, alias, provider, region, arch, billing, memory_mb, cold, outcome, weight
  HAVING sum(u.runs) != 0
  LIMIT {limit: UInt32}` as const;

const sum = z.coerce.bigint();
const Row = z.object({
  function: z.string(),
  environment: z.string(),
  team: z.string(),
  version: z.string(),
  alias: z.string(),
  provider: z.string(),
  region: z.string(),
  arch: z.string(),
  billing: z.string(),
  memory_mb: z.coerce.number(),
  cold: z.coerce.boolean(),
  outcome: z.string(),
  weight: z.number(),
  runs: sum,
  retries: sum,
  duplicates: sum,
  units: sum,
  ms: sum,
  mb_ms: sum,
  cpu: sum,
  init_ns: sum,
  ms_without_memory: sum,
  used_max_bytes: z.coerce.number(),
});

/** Runs that are alike in all that makes cost differ. */
export type Cell = z.infer<typeof Row>;

/** What is spent on what kind of run, for questions of why and what for. */
export async function readCells(
  warehouse: TenantWarehouse,
  question: WindowParts & UsageFilter & { limit: number },
  options?: StatementOptions,
): Promise<Cell[]> {
  return await warehouse.query(SQL, dayParts(question), Row, options);
}
