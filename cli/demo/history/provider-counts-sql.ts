import { sumRows } from './rows-sql.js';

/** What AWS counts of its functions by minute, whatever became of the telemetry: as its metric streams tell it. */
export const PROVIDER_COUNTS = `
  INSERT INTO provider_counts
    (tenant, environment, function, metric, minute, source, region, account, alias, version, series, kind, started_at, at, value, received_at)
  SELECT tenant, '' AS environment, function, told.1 AS metric, minute, 'cloudwatch' AS source, region, account,
    '' AS alias, '' AS version, 0 AS series, 'count' AS kind, minute AS started_at, minute + toIntervalMinute(1) AS at,
    toFloat64(told.2) AS value, minute + toIntervalMinute(3) AS received_at
  FROM
  (
    SELECT tenant, function, toStartOfMinute(started_at) AS minute, region, account,
      countIf(truly != 4) AS ran,
      countIf(outcome != 'ok' AND truly != 4 AND (truly != 1 OR error_type != '503')) AS failed,
      countIf(truly = 4) AS refused
    FROM (${sumRows})
    WHERE provider = 'aws' AND started_at >= toDateTime({sinceMinute: UInt32} * 60, 'UTC') AND started_at < toDateTime({toMinute: UInt32} * 60, 'UTC')
    GROUP BY ALL
  )
  ARRAY JOIN [('invocations', ran), ('errors', failed), ('throttles', refused)] AS told`;
