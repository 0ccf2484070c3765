import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { bucketMs } from '../latency/bucket.js';
import { dayParts, IN_DAYS, IN_HOURS_BESIDE_DAYS } from '../window/day-parts.js';
import { BUCKET, IN_MINUTES, IN_ROWS } from '../window/part-sql.js';
import type { WindowParts } from '../window/window-parts.js';
import type { FunctionsFilter } from './read-counts.js';

const KEPT = `
  ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
  AND ({team: Nullable(String)} IS NULL OR team = {team: Nullable(String)})` as const;
const WHOM = `function, environment, team, provider, region` as const;

// The nearest rank: of ascending values with their counts, the first whose running sum reaches ceil(q n).
const RANKED = `
  WITH arraySort(groupArray((value, n))) AS ascending, arrayCumSum(ascending.2) AS running
  SELECT ${WHOM}, arrayMap(percent -> toUInt64(ascending.1[arrayFirstIndex(
      sum -> sum >= ceil(percent * running[-1] / 100 - 1e-9), running)]), [50, 95, 99]) AS found` as const;

const BUCKETS = `
  ${RANKED}
  FROM (
    SELECT ${WHOM}, bucket AS value, sum(weighed) AS n
    FROM (
      SELECT ${WHOM}, bucket, n * weight AS weighed FROM latency_1d WHERE ${IN_DAYS} AND ${KEPT}
      UNION ALL
      SELECT ${WHOM}, bucket, n * weight AS weighed FROM latency_1h WHERE ${IN_HOURS_BESIDE_DAYS} AND ${KEPT}
      UNION ALL
      SELECT ${WHOM}, bucket, n * weight AS weighed FROM latency_1m WHERE ${IN_MINUTES} AND ${KEPT}
      UNION ALL
      SELECT ${WHOM}, ${BUCKET} AS bucket, sign * weight AS weighed FROM invocations
      WHERE ${IN_ROWS} AND ${KEPT} AND outcome NOT IN ('throttled', 'rejected')
    )
    GROUP BY ${WHOM}, value HAVING n > 0
  )
  GROUP BY ${WHOM}` as const;

const ROWS = `
  ${RANKED}
  FROM (
    SELECT ${WHOM}, duration_ns AS value, sum(sign * weight) AS n
    FROM invocations
    WHERE tenant = {tenant: String}
      AND (environment, function) IN (SELECT arrayJoin(arrayZip({environments: Array(String)}, {functions: Array(String)})))
      AND started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}
      AND ${KEPT} AND outcome NOT IN ('throttled', 'rejected')
    GROUP BY ${WHOM}, value HAVING n > 0
  )
  GROUP BY ${WHOM}` as const;

const Row = z.object({
  function: z.string(),
  environment: z.string(),
  team: z.string(),
  provider: z.string(),
  region: z.string(),
  found: z.array(z.coerce.number()).length(3),
});

/** Whose percentiles they are. */
export type Whom = { function: string; environment: string; team: string; provider: string; region: string };
export type Percentiles = Whom & { p50Ms: number; p95Ms: number; p99Ms: number };

/** Percentiles of all that ran, each within 0.4 % or 1 us, from counts by bucket. */
export async function readBucketPercentiles(
  warehouse: TenantWarehouse,
  question: WindowParts & FunctionsFilter,
  options?: StatementOptions,
): Promise<Percentiles[]> {
  const rows = await warehouse.query(BUCKETS, dayParts(question), Row, options);
  return rows.map((row) => percentilesOf(row, bucketMs));
}

/** Percentiles of the named functions, exact, from their rows one by one. */
export async function readExactPercentiles(
  warehouse: TenantWarehouse,
  question: WindowParts & FunctionsFilter & { environments: string[]; functions: string[] },
  options?: StatementOptions,
): Promise<Percentiles[]> {
  const rows = await warehouse.query(ROWS, question, Row, options);
  return rows.map((row) => percentilesOf(row, (ns) => ns / 1e6));
}

function percentilesOf(
  { found, ...whom }: z.infer<typeof Row>,
  toMs: (value: number) => number,
): Percentiles {
  const [p50 = 0, p95 = 0, p99 = 0] = found;
  return { ...whom, p50Ms: toMs(p50), p95Ms: toMs(p95), p99Ms: toMs(p99) };
}
