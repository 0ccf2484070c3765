import { levelRows } from './rows-sql.js';

const minuteUs = 60_000_000;

/**
 * By minute, of each function as a whole (`whole`) and of each of its places: how many ran, failed and were refused, the most
 * at once, and dead letters since the full hour, when somebody takes them away.
 */
const levels = `
  SELECT * FROM
  (
    SELECT *, sum(buried) OVER (PARTITION BY whole, function, region, toStartOfHour(minute) ORDER BY minute) AS waiting
    FROM
    (
      SELECT tenant, environment, function, provider, polls, region, account, grouping(region) = 1 AS whole,
        toDateTime(touched * 60, 'UTC') AS minute,
        countIf(begins AND truly != 4) AS ran,
        countIf(begins AND outcome != 'ok' AND truly != 4 AND (truly != 1 OR error_type != '503')) AS failed,
        countIf(begins AND truly = 4) AS refused,
        countIf(begins AND is_dead) AS buried,
        maxIntersectionsIf(since_us, until_us, truly != 4) AS most,
        maxIntersectionsIf(since_us, until_us, is_told) AS most_told
      FROM
      (
        SELECT *,
          toUnixTimestamp64Micro(started_at) AS started_us,
          started_us + greatest(1, toInt64(intDiv(duration_ns, 1000))) AS ended_us,
          arrayJoin(range(toUInt32(intDiv(started_us, ${minuteUs})), toUInt32(intDiv(ended_us - 1, ${minuteUs}) + 1))) AS touched,
          touched = intDiv(started_us, ${minuteUs}) AS begins,
          greatest(started_us, toInt64(touched) * ${minuteUs}) AS since_us,
          least(ended_us, (toInt64(touched) + 1) * ${minuteUs}) AS until_us
        FROM (${levelRows})
      )
      WHERE touched < {toMinute: UInt32} AND touched >= intDiv({sinceMinute: UInt32}, 60) * 60
      GROUP BY GROUPING SETS (
        (tenant, environment, function, provider, polls, touched),
        (tenant, environment, function, provider, polls, region, account, touched))
    )
  )
  WHERE minute >= toDateTime({sinceMinute: UInt32} * 60, 'UTC')`;

export const LEVELS = `INSERT INTO history__levels ${levels}`;

/** Told rather than derived from the question, whose planning takes a second. */
export const LEVELS_TABLE = `
  CREATE TABLE IF NOT EXISTS history__levels
  (
    tenant String, environment LowCardinality(String), function LowCardinality(String), provider LowCardinality(String),
    polls Bool, region LowCardinality(String), account LowCardinality(String), whole Bool, minute DateTime('UTC'),
    ran UInt64, failed UInt64, refused UInt64, buried UInt64, most UInt64, most_told UInt64, waiting UInt64
  )
  ENGINE = Null`;

/** What AWS counts of its functions, whatever became of the telemetry: as its metric streams tell it. */
export const COUNTS = `
  SELECT tenant, '' AS environment, function, told.1 AS metric, minute, 'cloudwatch' AS source, region, account,
    '' AS alias, '' AS version, 0 AS series, told.3 AS kind, minute AS started_at, minute + toIntervalMinute(1) AS at,
    toFloat64(told.2) AS value, minute + toIntervalMinute(3) AS received_at
  FROM history__levels
  ARRAY JOIN [('invocations', ran, 'count'), ('errors', failed, 'count'), ('throttles', refused, 'count'),
    ('concurrent_executions', toUInt64(most), 'level')] AS told
  WHERE NOT whole AND provider = 'aws'`;

/** What it tells of the queues its functions take from, and of those for dead letters. */
export const DEPTHS = `
  SELECT tenant, '' AS environment, concat(function, told.1) AS queue, told.2 AS measure, minute,
    cityHash64(region, account) AS series, 'aws_sqs' AS system, toFloat64(told.3) AS figure, minute + toIntervalMinute(1) AS at
  FROM history__levels
  ARRAY JOIN [('-queue', 'received', ran + refused), ('-queue', 'depth', refused), ('-dlq', 'depth', waiting)] AS told
  WHERE NOT whole AND polls`;

/** What settling would count of the runs that are told. */
export const CONCURRENCY = `
  SELECT tenant, environment, function, minute, toUInt32(most_told) AS running_max, minute + toIntervalMinute(3) AS computed_at
  FROM history__levels
  WHERE whole AND most_told > 0`;
