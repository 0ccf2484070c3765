import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { readTellers } from './read-tellers.js';
import { type CoverageReading, reconcile } from './reconcile.js';
import { TOLD, TOLD_BY_COUNTERS } from './told-sql.js';

const SEEN = `
  SELECT function, environment, toUnixTimestamp(minute) AS minute_s,
    sumIf(n * weight, outcome NOT IN ('throttled', 'rejected')) AS runs,
    sumIf(n * weight, outcome = 'ok') AS ok,
    sum(i.answered_errors * weight) AS answered,
    false AS is_counted, 0. AS invocations, 0. AS errors, 0. AS throttles, '' AS metric, '' AS source
  FROM invocations_1m AS i
  WHERE tenant = {tenant: String}
    AND minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
    AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})` as const;

// A counter told every few minutes covers all the minutes since it was told before: its increment stands in the last one and
// marks the others.
const MARKED = `
  SELECT function, environment,
    arrayJoin(if(p.metric = 'invocations' AND covers_from < minute,
      range(
        toUnixTimestamp(toStartOfMinute(greatest(covers_from, minute - toIntervalDay(1), toDateTime({from: DateTime64(3, 'UTC')})))),
        toUInt32(toUnixTimestamp(minute) + 60), 60),
      [toUnixTimestamp(minute)])) AS minute_s,
    0. AS runs, 0. AS ok, 0. AS answered, p.metric = 'invocations' AS is_counted,
    if(p.metric = 'invocations' AND minute_s = toUnixTimestamp(minute), p.value, 0.) AS invocations,
    if(p.metric = 'errors', p.value, 0.) AS errors, if(p.metric = 'throttles', p.value, 0.) AS throttles,
    p.metric AS metric, p.source AS source` as const;

// Minute by minute, because what was seen adds to the total only in minutes without a count.
const BY_STEP = `
  SELECT function, environment,
    toUnixTimestamp({from: DateTime64(3, 'UTC')})
      + intDiv(minute_s - toUnixTimestamp({from: DateTime64(3, 'UTC')}), {stepSeconds: UInt32}) * {stepSeconds: UInt32} AS at,
    sumIf(m.runs, is_counted) AS counted_runs, sumIf(m.ok, is_counted) AS counted_ok,
    sumIf(m.answered, is_counted) AS counted_answered,
    sumIf(m.runs, NOT is_counted) AS other_runs, sumIf(m.ok, NOT is_counted) AS other_ok,
    sumIf(m.answered, NOT is_counted) AS other_answered,
    sum(m.invocations) AS invocations, sum(m.errors) AS errors, sum(m.throttles) AS throttles,
    max(is_counted) AS counts_invocations,
    -- A counter of errors that never rose is not sent at all; CloudWatch sends its zeros.
    max(has_errors OR is_zero_silent) AS counts_errors,
    max(has_throttles) AS counts_throttles,
    max(hold_answers) AS errors_hold_answers
  FROM (
    SELECT function, environment, minute_s, max(q.is_counted) AS is_counted,
      sum(q.runs) AS runs, sum(q.ok) AS ok, sum(q.answered) AS answered,
      sum(q.invocations) AS invocations, sum(q.errors) AS errors, sum(q.throttles) AS throttles,
      max(q.metric = 'errors') AS has_errors, max(q.metric = 'throttles') AS has_throttles,
      max(q.source IN ('faas', 'knative', 'gcp')) AS is_zero_silent,
      max(q.source IN ('knative', 'gcp')) AS hold_answers
    FROM (` as const;
const TO_STEPS = `) AS q
    GROUP BY function, environment, minute_s
  ) AS m
  GROUP BY function, environment, at
  ORDER BY function, environment, at
  LIMIT {limit: UInt32}` as const;

const COUNTED_SEEN =
  `${SEEN} AND function IN {functions: Array(String)} GROUP BY function, environment, minute` as const;
const COUNTED = `${BY_STEP} ${COUNTED_SEEN} UNION ALL ${MARKED} FROM (${TOLD}) AS p ${TO_STEPS}` as const;
const COUNTED_BY_COUNTERS = `
  ${BY_STEP} ${COUNTED_SEEN} UNION ALL ${MARKED} FROM (${TOLD_BY_COUNTERS}) AS p ${TO_STEPS}` as const;

// All that no provider counts.
const OTHERS = `
  ${BY_STEP} ${SEEN} AND function GLOBAL NOT IN (
      SELECT function FROM provider_counts
      WHERE tenant = {tenant: String} AND metric IN {metrics: Array(String)} AND alias = '' AND version = ''
        AND minute >= {from: DateTime64(3, 'UTC')} - toIntervalDay(1) AND minute < {to: DateTime64(3, 'UTC')})
    AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
    GROUP BY function, environment, minute ${TO_STEPS}` as const;

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

const countedMetrics = ['invocations', 'errors', 'throttles'];

/** Null keeps all functions or environments. */
export type CoverageQuestion = {
  from: Date;
  to: Date;
  function: string | null;
  environment: string | null;
  /** Whole minutes; the length of the window, or more, makes one reading of it. */
  stepSeconds: number;
  /** Leaves out functions that no provider counts, which is quick where there are none. */
  countedOnly?: boolean;
  limit: number;
};

export type FunctionCoverage = {
  function: string;
  environment: string;
  /** Start of the step. */
  at: Date;
  reading: CoverageReading;
  /** Runs seen, and runs the provider counted, in the minutes it counted; null when it counted none. */
  counts: { seen: number; counted: number } | null;
  /** By the provider's own count; null when it told none. */
  throttles: number | null;
};

/** How much of what providers counted was seen, for every function with either in the minutes that begin in [from, to). */
export async function readCoverage(
  warehouse: TenantWarehouse,
  question: CoverageQuestion,
  options?: StatementOptions,
): Promise<FunctionCoverage[]> {
  const { countedOnly = false, function: name, ...asked } = { ...question, metrics: countedMetrics };
  const { runsOn, parts } = await readTellers(warehouse, { ...asked, function: name }, options);
  const sql = runsOn ? COUNTED_BY_COUNTERS : COUNTED;
  const answers: Row[][] = [];
  for (const part of parts) answers.push(await warehouse.query(sql, { ...asked, ...part }, Row, options));
  if (countedOnly) return answers.flat().slice(0, asked.limit).map(coverageOf);
  answers.push(await warehouse.query(OTHERS, { ...asked, function: name }, Row, options));
  return answers.flat().sort(byName).slice(0, asked.limit).map(coverageOf);
}

function byName(one: Row, other: Row): number {
  const key = (row: Row) => `${row.function}\n${row.environment}`;
  if (key(one) !== key(other)) return key(one) < key(other) ? -1 : 1;
  return one.at - other.at;
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
    counts: row.counts_invocations ? { seen: row.counted_runs, counted: row.invocations } : null,
    throttles: row.counts_throttles ? row.throttles : null,
  };
}
