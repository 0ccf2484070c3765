import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { INCREMENTS, PLACED } from './increments-sql.js';
import { type CoverageReading, reconcile } from './reconcile.js';

// What was seen is split by whether its minute was counted, so that a minute without a count adds what was seen in it and a
// counted one is never added twice. A counter told every few minutes covers all the minutes since it was told before.
const SQL = `
  WITH
  toUnixTimestamp({from: DateTime64(3, 'UTC')}) AS from_s,
  seen AS (
    SELECT function, environment, region, account, minute,
      sumIf(n * weight, outcome NOT IN ('throttled', 'rejected')) AS runs,
      sumIf(n * weight, outcome = 'ok') AS ok,
      0. AS answered
    FROM invocations_1m
    WHERE tenant = {tenant: String}
      AND minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
      AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
    GROUP BY function, environment, region, account, minute
  ),
  answers AS (
    SELECT function, environment, '' AS region, '' AS account, minute, 0. AS runs, 0. AS ok, sum(n * weight) AS answered
    FROM answered_errors_1m
    WHERE tenant = {tenant: String}
      AND minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
      AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
    GROUP BY function, environment, minute
  ),
  places AS (SELECT DISTINCT function, environment, region, account FROM seen),
  ${INCREMENTS},
  ${PLACED},
  covered AS (
    SELECT DISTINCT function, environment, true AS is_counted,
      toDateTime(arrayJoin(range(
        toUInt32(greatest(toUnixTimestamp(toStartOfMinute(toDateTime(covers_from, 'UTC'))), toUnixTimestamp(minute) - 86400)),
        toUInt32(toUnixTimestamp(minute) + 60), 60)), 'UTC') AS covered_minute
    FROM placed
    WHERE metric = 'invocations'
  ),
  parts AS (
    SELECT s.function AS function, s.environment AS environment, s.minute AS minute,
      runs * is_counted AS counted_runs, ok * is_counted AS counted_ok, answered * is_counted AS counted_answered,
      runs * NOT is_counted AS other_runs, ok * NOT is_counted AS other_ok, answered * NOT is_counted AS other_answered,
      0. AS invocations, 0. AS errors, 0. AS throttles, '' AS metric, '' AS source
    FROM (SELECT * FROM seen UNION ALL SELECT * FROM answers) AS s
    LEFT JOIN covered AS c ON s.function = c.function AND s.environment = c.environment AND s.minute = c.covered_minute
    UNION ALL
    SELECT function, environment, minute, 0., 0., 0., 0., 0., 0.,
      if(metric = 'invocations', p.value, 0.), if(metric = 'errors', p.value, 0.), if(metric = 'throttles', p.value, 0.),
      metric, source
    FROM placed AS p
  )
  SELECT function, environment,
    from_s + intDiv(toUnixTimestamp(minute) - from_s, {stepSeconds: UInt32}) * {stepSeconds: UInt32} AS at,
    sum(counted_runs) AS counted_runs, sum(counted_ok) AS counted_ok, sum(counted_answered) AS counted_answered,
    sum(other_runs) AS other_runs, sum(other_ok) AS other_ok, sum(other_answered) AS other_answered,
    sum(q.invocations) AS invocations, sum(q.errors) AS errors, sum(q.throttles) AS throttles,
    has(groupUniqArray(metric), 'invocations') AS counts_invocations,
    -- A counter of errors that never rose is not sent at all; CloudWatch sends its zeros.
    has(groupUniqArray(metric), 'errors') OR hasAny(groupUniqArray(source), ['faas', 'knative', 'gcp']) AS counts_errors,
    has(groupUniqArray(metric), 'throttles') AS counts_throttles,
    hasAny(groupUniqArray(source), ['knative', 'gcp']) AS errors_hold_answers
  FROM parts AS q
  WHERE ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
  GROUP BY function, environment, at
  ORDER BY function, environment, at
  LIMIT {limit: UInt32}` as const;

const count = z.coerce.number();
const truth = z.coerce.boolean();
const Row = z.object({
  function: z.string(),
  environment: z.string(),
  at: z.coerce.number(),
  counted_runs: count,
  counted_ok: count,
  counted_answered: count,
  other_runs: count,
  other_ok: count,
  other_answered: count,
  invocations: count,
  errors: count,
  throttles: count,
  counts_invocations: truth,
  counts_errors: truth,
  counts_throttles: truth,
  errors_hold_answers: truth,
});
type Row = z.infer<typeof Row>;

/** Null keeps all functions or environments. */
export type CoverageQuestion = {
  from: Date;
  to: Date;
  function: string | null;
  environment: string | null;
  /** Whole minutes; the length of the window, or more, makes one reading of it. */
  stepSeconds: number;
  limit: number;
};

export type FunctionCoverage = {
  function: string;
  environment: string;
  /** Start of the step. */
  at: Date;
  reading: CoverageReading;
  /** By the provider's own count; null when it told none. */
  throttles: number | null;
};

/** How much of what providers counted was seen, for every function with either in the minutes that begin in [from, to). */
export async function readCoverage(
  warehouse: TenantWarehouse,
  question: CoverageQuestion,
  options?: StatementOptions,
): Promise<FunctionCoverage[]> {
  const metrics = ['invocations', 'errors', 'throttles'];
  const rows = await warehouse.query(SQL, { ...question, metrics }, Row, options);
  return rows.map(coverageOf);
}

function coverageOf(row: Row): FunctionCoverage {
  const counted = row.counts_invocations
    ? {
        invocations: row.invocations,
        errors: row.counts_errors ? row.errors : null,
        errorsHoldAnswers: row.errors_hold_answers,
      }
    : null;
  return {
    function: row.function,
    environment: row.environment,
    at: new Date(row.at * 1000),
    reading: reconcile(
      { runs: row.counted_runs, ok: row.counted_ok, answered: row.counted_answered },
      { runs: row.other_runs, ok: row.other_ok, answered: row.other_answered },
      counted,
    ),
    throttles: row.counts_throttles ? row.throttles : null,
  };
}
