import { truthRows } from './rows-sql.js';

/**
 * What happened by hour and place, counted from the runs themselves and not from any sum: `told` is the part that the store
 * was given, and must answer exactly.
 */
export const TRUTH = `
  SELECT
    formatDateTime(hour, '%Y-%m-%dT%H:00:00Z') AS at, function, environment, team, provider, region, version,
    count() AS invocations,
    countIf(truly = 0) AS ok, countIf(truly = 1) AS error, countIf(truly = 2) AS timeout, countIf(truly = 3) AS oom, countIf(truly = 4) AS throttled,
    countIf(is_cold AND truly != 4) AS cold_starts,
    countIf(attempt > 1 AND NOT duplicate) AS retries, countIf(duplicate) AS duplicates, countIf(is_lost) AS lost, countIf(is_dead) AS dead_letters,
    arrayMap(us -> toFloat64(us), quantilesExactLowIf(0.5, 0.95, 0.99)(us, truly != 4)) AS percentiles_us,
    countIf(is_told) AS told_invocations,
    countIf(is_told AND outcome = 'ok') AS told_ok, countIf(is_told AND outcome = 'error') AS told_error,
    countIf(is_told AND outcome = 'timeout') AS told_timeout, countIf(is_told AND outcome = 'oom') AS told_oom,
    countIf(is_told AND cold) AS told_cold_starts,
    arrayMap(us -> toFloat64(us), quantilesExactLowIf(0.5, 0.95, 0.99)(us, is_told)) AS told_percentiles_us,
    countIf(is_told AND reported) AS told_reported, sumIf(billed_ms, is_told) AS told_billed_ms
  FROM
  (
    SELECT *, toStartOfHour(started_at) AS hour, intDiv(duration_ns, 1000) AS us FROM (${truthRows})
    WHERE started_at >= toDateTime({sinceMinute: UInt32} * 60, 'UTC') AND started_at < toDateTime({untilMinute: UInt32} * 60, 'UTC')
  )
  GROUP BY hour, function, environment, team, provider, region, version
  ORDER BY hour, function, region, version`;
