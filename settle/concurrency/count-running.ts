import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';

/** A run longer than this counts in the minutes of its first day only. */
const hoursSql = `
  SELECT DISTINCT toUnixTimestamp(toStartOfHour(minute)) AS hourSeconds
  FROM (
    SELECT arrayJoin(arrayMap(
      i -> toStartOfMinute(started_at) + INTERVAL i MINUTE,
      range(least(1441, 1 + dateDiff('minute', toStartOfMinute(started_at), toDateTime(started_at) + intDiv(duration_ns, 1000000000)))))) AS minute
    FROM (
      SELECT started_at, duration_ns FROM settle_facts
      WHERE kind IN ('run', 'made') AND inserted_at >= fromUnixTimestamp64Milli({fromMs: Int64}, 'UTC')
        AND inserted_at < fromUnixTimestamp64Milli({toMs: Int64}, 'UTC')
      UNION ALL
      SELECT started_at, duration_ns FROM settle_batches
      WHERE created_at >= toDateTime(intDiv({fromMs: Int64}, 1000), 'UTC')
    )
  )
  ORDER BY hourSeconds`;

// Runs are read back to the start of the oldest one that lasted into the hour: the rollup knows, by minute of start, when
// the last run ended. Ends come before starts at the same instant, so runs that only touch do not overlap.
const countSql = `
  INSERT INTO concurrency_1m
  WITH
    toDateTime({hourSeconds: Int64}, 'UTC') AS hour,
    touched AS (
      SELECT DISTINCT tenant, environment, function, arrayJoin(arrayMap(
        i -> toStartOfMinute(started_at) + INTERVAL i MINUTE,
        range(least(1441, 1 + dateDiff('minute', toStartOfMinute(started_at), toDateTime(started_at) + intDiv(duration_ns, 1000000000)))))) AS minute
      FROM (
        SELECT tenant, environment, function, started_at, duration_ns FROM settle_facts
        WHERE kind IN ('run', 'made') AND inserted_at >= fromUnixTimestamp64Milli({fromMs: Int64}, 'UTC')
          AND inserted_at < fromUnixTimestamp64Milli({toMs: Int64}, 'UTC')
        UNION ALL
        SELECT tenant, environment, function, started_at, duration_ns FROM settle_batches
        WHERE created_at >= toDateTime(intDiv({fromMs: Int64}, 1000), 'UTC')
      )
      WHERE toDateTime(started_at) < hour + INTERVAL 1 HOUR
        AND toDateTime(started_at) + intDiv(duration_ns, 1000000000) >= hour
    ),
    oldest AS (
      SELECT tenant, environment, function, least(min(minute), hour) AS since
      FROM invocations_1m
      WHERE minute >= hour - INTERVAL 1 DAY AND minute < hour + INTERVAL 1 HOUR AND minute + toIntervalSecond(ended_after_s) >= hour
        AND (tenant, environment, function) GLOBAL IN (SELECT tenant, environment, function FROM touched)
      GROUP BY tenant, environment, function
    )
  SELECT tenant, environment, function, minute, greatest(1, maxIntersections(
      toInt64(greatest(started_ns, toUnixTimestamp(minute) * 1000000000)),
      toInt64(least(ended_ns, (toUnixTimestamp(minute) + 60) * 1000000000)))) AS running_max,
    fromUnixTimestamp64Milli({nowMs: Int64}, 'UTC') AS computed_at
  FROM (
    SELECT tenant, environment, function, toUnixTimestamp64Nano(started_at) AS started_ns,
      started_ns + greatest(1, toInt64(duration_ns)) AS ended_ns,
      arrayJoin(arrayMap(
        i -> toStartOfMinute(started_at) + INTERVAL i MINUTE,
        range(least(1441, 1 + dateDiff('minute', toStartOfMinute(started_at), fromUnixTimestamp64Nano(ended_ns - 1, 'UTC')))))) AS minute
    FROM invocations FINAL
    WHERE started_at >= (SELECT min(since) FROM oldest) AND started_at < hour + INTERVAL 1 HOUR
      AND (tenant, environment, function) GLOBAL IN (SELECT tenant, environment, function FROM oldest)
      AND outcome NOT IN ('throttled', 'rejected')
  )
  WHERE (tenant, environment, function, minute) GLOBAL IN (SELECT tenant, environment, function, minute FROM touched)
    AND minute >= hour AND minute < hour + INTERVAL 1 HOUR
  GROUP BY tenant, environment, function, minute`;

const Hour = z.object({ hourSeconds: z.coerce.number() });

export type NewRuns = { fromMs: number; toMs: number; nowMs: number };

/**
 * Works out again how many runs there were at once, for the minutes that runs which came within [from, to) touch and for
 * corrected ones. One hour of those minutes at a time, so that one late run does not make it read a day for all others.
 */
export async function countRunning(warehouse: Warehouse, runs: NewRuns, signal: AbortSignal): Promise<void> {
  const { fromMs, toMs } = runs;
  const hours = await warehouse.query(hoursSql, { fromMs, toMs }, Hour, { signal });
  for (const { hourSeconds } of hours)
    await warehouse.command(countSql, { ...runs, hourSeconds }, { signal });
}
