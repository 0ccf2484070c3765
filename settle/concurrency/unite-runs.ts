import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';

/** Rules of billing by which an instance is paid for once, however many runs it serves at a time. */
const ofInstances = ['gcp-run', 'azure-flex', 'vercel-fluid', 'self-hosted'];

const touchedSql = `
  SELECT tenant, environment, function, arrayJoin(arrayMap(
    i -> toStartOfHour(toDateTime(started_at)) + toIntervalHour(i),
    range(least(25, 1 + dateDiff('hour', toDateTime(started_at), toDateTime(started_at) + intDiv(duration_ns, 1000000000)))))) AS hour
  FROM (
    SELECT tenant, environment, function, started_at, duration_ns FROM settle_facts
    WHERE kind IN ('run', 'made') AND inserted_at >= fromUnixTimestamp64Milli({fromMs: Int64}, 'UTC')
      AND inserted_at < fromUnixTimestamp64Milli({toMs: Int64}, 'UTC')
    UNION ALL
    SELECT tenant, environment, function, started_at, duration_ns FROM settle_batches
    WHERE created_at >= toDateTime(intDiv({fromMs: Int64}, 1000), 'UTC')
  )`;

// Functions that nobody bills by the instance are left out before any of their runs is read.
const hoursSql = `
  SELECT DISTINCT toUnixTimestamp(hour) AS hourSeconds
  FROM (${touchedSql}) AS t
  WHERE (tenant, environment, function) GLOBAL IN (
    SELECT tenant, environment, function FROM usage_1d
    WHERE billing IN {ofInstances: Array(String)} AND day >= (SELECT toStartOfDay(min(hour)) FROM (${touchedSql}))
  )
  ORDER BY hourSeconds`;

// Runs of an instance in the order of their starts. A stretch is time in which it always served one: the first run begins
// it, and each later one is billed for what it adds to the stretch, rounded as the stretch is and not as the run.
const uniteSql = `
  INSERT INTO shared_time_1h
  WITH
    toDateTime({hourSeconds: Int64}, 'UTC') AS at_hour,
    touched AS (
      SELECT DISTINCT tenant, environment, function FROM (${touchedSql}) WHERE toDateTime(hour) = at_hour
    ),
    oldest AS (
      SELECT tenant, environment, function, least(min(minute), at_hour) AS since
      FROM invocations_1m
      WHERE minute >= at_hour - INTERVAL 1 DAY AND minute < at_hour + INTERVAL 1 HOUR
        AND minute + toIntervalSecond(ended_after_s) >= at_hour AND billing IN {ofInstances: Array(String)}
        AND (tenant, environment, function) GLOBAL IN (SELECT tenant, environment, function FROM touched)
      GROUP BY tenant, environment, function
    ),
    runs AS (
      SELECT tenant, environment, function, instance, started_at, span_id, version, alias, region, team, provider, account, arch,
        trigger, billing, billed_memory_mb, cold, outcome, product, feature, customer, tags, billed_ms,
        toUnixTimestamp64Nano(started_at) - if(billing = 'gcp-run', toInt64(init_ns), 0) AS start_ns,
        toUnixTimestamp64Nano(started_at) + toInt64(duration_ns) AS end_ns
      FROM invocations FINAL
      WHERE started_at >= (SELECT min(since) FROM oldest) AND started_at < at_hour + INTERVAL 1 HOUR
        AND (tenant, environment, function) GLOBAL IN (SELECT tenant, environment, function FROM oldest)
        AND billing IN {ofInstances: Array(String)} AND instance != '' AND weight = 1 AND billed_ms > 0
    ),
    reached AS (
      SELECT *, max(end_ns) OVER (PARTITION BY tenant, environment, function, billing, instance ORDER BY start_ns, span_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach_ns
      FROM runs
    ),
    stretches AS (
      SELECT *, sum(toUInt64(start_ns >= reach_ns)) OVER (PARTITION BY tenant, environment, function, billing, instance
        ORDER BY start_ns, span_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS stretch
      FROM reached
    ),
    measured AS (
      SELECT *, min(start_ns) OVER (PARTITION BY tenant, environment, function, billing, instance, stretch) AS began_ns
      FROM stretches
    ),
    rounded AS (
      SELECT *, multiIf(billing IN ('gcp-run', 'azure-flex'), 100, 1) AS step_ms, if(billing = 'azure-flex', 1000, 0) AS least_ms,
        greatest(least_ms, intDiv(reach_ns - began_ns + step_ms * 1000000 - 1, step_ms * 1000000) * step_ms) AS before_ms,
        greatest(least_ms, intDiv(greatest(reach_ns, end_ns) - began_ns + step_ms * 1000000 - 1, step_ms * 1000000) * step_ms) AS after_ms
      FROM measured
      WHERE start_ns < reach_ns AND started_at >= at_hour
    ),
    found AS (
      SELECT tenant, environment, function, toStartOfMinute(started_at) AS minute, version, alias, region, team, provider, account,
        arch, trigger, billing, billed_memory_mb, cold, toString(outcome) AS ended, product, feature, customer,
        if(empty(rounded.tags), '', toJSONString(mapSort(rounded.tags))) AS tags_text,
        sum(toInt64(billed_ms) - (after_ms - before_ms)) AS saved_ms
      FROM rounded
      GROUP BY ALL
      HAVING saved_ms != 0
    )
  SELECT tenant, environment, function, at_hour AS hour,
    groupArray((minute, version, alias, region, team, provider, account, arch, trigger, billing, billed_memory_mb, cold, ended,
      product, feature, customer, tags_text, saved_ms)) AS saved,
    fromUnixTimestamp64Milli({nowMs: Int64}, 'UTC') AS computed_at
  FROM found
  GROUP BY tenant, environment, function
  UNION ALL
  SELECT tenant, environment, function, at_hour AS hour, [] AS saved, fromUnixTimestamp64Milli({nowMs: Int64}, 'UTC') AS computed_at
  FROM shared_time_1h FINAL
  WHERE hour = at_hour AND (tenant, environment, function) GLOBAL IN (SELECT tenant, environment, function FROM touched)
    AND (tenant, environment, function) GLOBAL NOT IN (SELECT tenant, environment, function FROM found)`;

const Hour = z.object({ hourSeconds: z.coerce.number() });

export type NewRuns = { fromMs: number; toMs: number; nowMs: number };

/**
 * Works out again what runs shared of their instances, in the hours that runs which came within [from, to) touch and in
 * those of corrected ones. A run that lasted longer than a day is not known in the hours after.
 */
export async function uniteRuns(warehouse: Warehouse, runs: NewRuns, signal: AbortSignal): Promise<void> {
  const { fromMs, toMs } = runs;
  const hours = await warehouse.query(hoursSql, { fromMs, toMs, ofInstances }, Hour, { signal });
  for (const { hourSeconds } of hours)
    await warehouse.command(uniteSql, { ...runs, hourSeconds, ofInstances }, { signal });
}
