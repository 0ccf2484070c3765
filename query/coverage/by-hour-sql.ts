import { NTH, stepOf, WHO_TOLD } from './counted-sql.js';

// Whether an hour may be taken as a whole is told by bits, one for each of its minutes. It may when every figure in it was told once
// (as many points as minutes), and when either every minute with something seen has a count or none of them has: then what was
// seen lies wholly in counted minutes, or wholly in others, and its sum by hour is that of its minutes.
const CELLS = `
  SELECT function, environment, hour_s,
    sum(q.runs) AS runs, sum(q.ok) AS ok, sum(q.answered) AS answered,
    groupBitOr(q.seen) AS seen, groupBitOr(q.counted) AS counted,
    sum(q.invocations) AS invocations, sum(q.errors) AS errors, sum(q.throttles) AS throttles,
    ${WHO_TOLD},
    max(q.is_told_again)
      OR (bitAnd(seen, counted) != 0 AND bitAnd(seen, bitNot(counted)) != 0) AS is_mixed
  FROM (
    SELECT function, environment, toUnixTimestamp(hour) AS hour_s,
      sum(s.runs * weight) AS runs, sum(s.ok * weight) AS ok, sum(s.answered_errors * weight) AS answered,
      groupBitOr(minutes) AS seen, toUInt64(0) AS counted, 0. AS invocations, 0. AS errors, 0. AS throttles,
      false AS is_told_again, '' AS metric, '' AS source
    FROM seen_1h AS s
    WHERE tenant = {tenant: String} AND function IN {functions: Array(String)}
      AND hour >= toDateTime({hoursFrom: DateTime64(3, 'UTC')}) AND hour < toDateTime({hoursTo: DateTime64(3, 'UTC')})
      AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
    GROUP BY function, environment, hour
    UNION ALL
    SELECT function, {places: Array(String)}[nth] AS environment, toUnixTimestamp(hour) AS hour_s,
      0. AS runs, 0. AS ok, 0. AS answered, toUInt64(0) AS seen, if(c.metric = 'invocations', bits, 0) AS counted,
      if(c.metric = 'invocations', total, 0.) AS invocations, if(c.metric = 'errors', total, 0.) AS errors,
      if(c.metric = 'throttles', total, 0.) AS throttles,
      told != bitCount(bits) AS is_told_again, c.metric AS metric, c.source AS source
    FROM (
      SELECT environment, function, region, account, metric, source, series, hour,
        sum(value) AS total, sum(points) AS told, groupBitOr(minutes) AS bits,
        ${NTH} AS nth
      FROM counted_1h AS i
      WHERE tenant = {tenant: String} AND metric IN {metrics: Array(String)} AND function IN {functions: Array(String)}
        AND hour >= toDateTime({hoursFrom: DateTime64(3, 'UTC')}) AND hour < toDateTime({hoursTo: DateTime64(3, 'UTC')})
      GROUP BY environment, function, region, account, metric, source, series, hour
    ) AS c
    WHERE nth > 0 AND has({metricsOf: Array(Array(String))}[nth], c.metric)
  ) AS q
  GROUP BY function, environment, hour_s` as const;

/** Functions and hours that have to be looked at minute by minute. */
export const MIXED_HOURS = `
  SELECT function, toDateTime(hour_s, 'UTC') FROM (${CELLS}) GROUP BY function, hour_s HAVING max(is_mixed)` as const;

/** By step, of all other hours: the same figures as minute by minute. `mixed` are the hours left out. */
export const COUNTED_BY_HOUR = `
  SELECT function, environment,
    ${stepOf('hour_s')} AS at,
    sumIf(m.runs, is_counted AND is_whole) AS counted_runs, sumIf(m.ok, is_counted AND is_whole) AS counted_ok,
    sumIf(m.answered, is_counted AND is_whole) AS counted_answered,
    sumIf(m.runs, NOT is_counted AND is_whole) AS other_runs, sumIf(m.ok, NOT is_counted AND is_whole) AS other_ok,
    sumIf(m.answered, NOT is_counted AND is_whole) AS other_answered,
    sumIf(m.invocations, is_whole) AS invocations, sumIf(m.errors, is_whole) AS errors,
    sumIf(m.throttles, is_whole) AS throttles,
    max(is_whole AND m.counted != 0) AS counts_invocations,
    max(is_whole AND (has_errors OR is_zero_silent)) AS counts_errors,
    max(is_whole AND has_throttles) AS counts_throttles,
    max(is_whole AND hold_answers) AS errors_hold_answers,
    groupArrayIf(hour_s, NOT is_whole) AS mixed
  FROM (
    SELECT *, bitAnd(seen, counted) != 0 AS is_counted,
      NOT max(is_mixed) OVER (PARTITION BY function, hour_s) AS is_whole
    FROM (${CELLS})
  ) AS m
  GROUP BY function, environment, at
  ORDER BY function, environment, at
  LIMIT {limit: UInt32}` as const;
