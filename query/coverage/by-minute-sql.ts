import { stepOf, WHO_TOLD } from './counted-sql.js';
import {
  BESIDE_HOURS,
  BESIDE_NAMED_HOURS,
  TOLD,
  TOLD_BESIDE_HOURS,
  TOLD_BESIDE_NAMED_HOURS,
  TOLD_BY_COUNTERS,
} from './told-sql.js';

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
    ${stepOf('minute_s')} AS at,
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
      ${WHO_TOLD}
    FROM (` as const;
const TO_STEPS = `) AS q
    GROUP BY function, environment, minute_s
  ) AS m
  GROUP BY function, environment, at
  ORDER BY function, environment, at
  LIMIT {limit: UInt32}` as const;

const COUNTED_SEEN =
  `${SEEN} AND function IN {functions: Array(String)} GROUP BY function, environment, minute` as const;
/** Of functions whose counts stand in the minute they cover. */
export const COUNTED =
  `${BY_STEP} ${COUNTED_SEEN} UNION ALL ${MARKED} FROM (${TOLD}) AS p ${TO_STEPS}` as const;
/** Of functions some of whose counts reach back over earlier minutes. */
export const COUNTED_BY_COUNTERS = `
  ${BY_STEP} ${COUNTED_SEEN} UNION ALL ${MARKED} FROM (${TOLD_BY_COUNTERS}) AS p ${TO_STEPS}` as const;

/** The same as COUNTED, of the edges of a window and of hours that are mixed. */
export const COUNTED_BESIDE_HOURS = `
  ${BY_STEP} ${SEEN} AND function IN {functions: Array(String)} AND ${BESIDE_HOURS} GROUP BY function, environment, minute
  UNION ALL ${MARKED} FROM (${TOLD_BESIDE_HOURS}) AS p ${TO_STEPS}` as const;

export const COUNTED_BESIDE_NAMED_HOURS = `
  ${BY_STEP} ${SEEN} AND function IN {functions: Array(String)} AND ${BESIDE_NAMED_HOURS}
  GROUP BY function, environment, minute
  UNION ALL ${MARKED} FROM (${TOLD_BESIDE_NAMED_HOURS}) AS p ${TO_STEPS}` as const;

/** All that no provider counts. */
export const OTHERS = `
  ${BY_STEP} ${SEEN} AND function GLOBAL NOT IN (
      SELECT function FROM provider_counts
      WHERE tenant = {tenant: String} AND metric IN {metrics: Array(String)} AND alias = '' AND version = ''
        AND minute >= {from: DateTime64(3, 'UTC')} - toIntervalDay(1) AND minute < {to: DateTime64(3, 'UTC')})
    AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
    GROUP BY function, environment, minute ${TO_STEPS}` as const;
