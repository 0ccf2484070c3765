import { rhythmTable } from '../fleet/rhythm.js';
import { placeStructure } from './place.js';

/**
 * Rows of `invocations` made inside the engine: the places of `describePlaces` come as JSON lines, each place and minute
 * has a Poisson number of events, each event its attempts. Everything follows from hashes of seed, place, minute and
 * number, so two runs make the same rows in any order, and every statement over this one sees the same history.
 */
const historyRows = `
  WITH
    -- Separate draws of one run.
    (hash, salt) -> intHash64(hash + salt * 0x9E3779B97F4A7C15) / 18446744073709551616. AS chance,
    (hash, salt) -> sqrt(-2 * ln(1 - chance(hash, salt))) * cos(2 * pi() * chance(hash, salt + 1)) AS normal,
    -- Load against the mean of the week: straight lines between the hours, times the day's share.
    (loads, hour, part, weekday) -> (loads[1 + hour] * (1 - part) + loads[1 + (hour + 1) % 24] * part) * loads[24 + weekday] AS level
  SELECT
    {tenant: String} AS tenant,
    environment, function,
    fromUnixTimestamp64Nano((event_us + delay_us + init_us) * 1000, 'UTC') AS started_at,
    toUInt64(told_us * 1000) AS duration_ns,
    CAST(multiIf(is_timeout, 2, cause = 2, 3, cause > 2 AND shows_error, 1, 0),
      'Enum8(\\'ok\\' = 0, \\'error\\' = 1, \\'timeout\\' = 2, \\'oom\\' = 3, \\'throttled\\' = 4, \\'rejected\\' = 5)') AS outcome,
    is_cold AND shows_cold AS cold,
    if(cold AND reported, toUInt64(init_us * 1000), 0) AS init_ns,
    provider, platform, region, account, team, version, alias,
    if(instance_form = '', '', concat(replaceAll(instance_form, 'DAY', formatDateTime(started_at, '%Y/%m/%d')), hex(intHash64(key + intDiv(event_minute + instance_number * 17, 140) * 64 + instance_number)))) AS instance,
    trigger,
    if(reported, toUInt64(memory_mb) * 1048576, 0) AS memory_bytes,
    if(reported, if(cause = 2, memory_mb, toUInt64(used_mb * (0.85 + 0.3 * chance(hash, 20)))) * 1048576, 0) AS memory_used_bytes,
    toUInt16(if(outcome = 'ok', status_ok, status_failed)) AS http_status,
    if(outcome = 'ok', '', multiIf(is_timeout, 'Timeout', splitByChar('\\n', error_types)[cause])) AS error_type,
    if(outcome = 'ok', '', multiIf(is_timeout, concat('Task timed out after ', toString(timeout_ms / 1000), ' seconds'), splitByChar('\\n', error_messages)[cause])) AS error_message,
    if(outcome = 'ok' OR is_timeout, 0, toUInt64(splitByChar('\\n', fingerprints)[cause])) AS error_fingerprint,
    multiIf(
      id_form = 'uuid', toString(reinterpretAsUUID(toFixedString(concat(reinterpretAsFixedString(intHash64(event + 1)), reinterpretAsFixedString(intHash64(event + 2))), 16))),
      id_form = 'ray', hex(intHash64(hash + 3)), '') AS invocation_id,
    if(has_delivery_id, concat('evt-', lower(hex(event))), '') AS delivery_id,
    1. AS weight,
    'span' AS source,
    reported,
    -- Usage as ingest works it out (schemas/cost/usage/billed-run.ts), of what is told and what the owners set.
    billing,
    toUInt64(if(bill_step_ms = 0, 0, greatest(bill_least_ms,
      ceil((told_us + if(bill_starts AND is_cold AND reported, init_us, 0)) / (bill_step_ms * 1000)) * bill_step_ms))) AS billed_ms,
    bill_memory_mb AS billed_memory_mb,
    toUInt64(if(bill_cpu, round(least(own_us, toFloat64(told_us)) / 1000) * 1000, 0)) AS billed_cpu_us,
    bill_units AS request_units,
    product, feature,
    if(trigger = 'timer', '', splitByChar('\\n', customers)[1 + least(intHash64(event + 8) % 8, intHash64(event + 9) % 8)]) AS customer,
    toUInt16(try + 1) AS attempt,
    try + 1 < attempts AS superseded,
    try >= attempts AS duplicate,
    toFixedString(concat(reinterpretAsFixedString(intHash64(event + 4)), reinterpretAsFixedString(intHash64(event + 5))), 16) AS trace_id,
    reinterpretAsFixedString(intHash64(hash + 6)) AS span_id,
    toFixedString('', 8) AS parent_span_id,
    toDateTime64(started_at, 3, 'UTC') + toIntervalMillisecond(intDiv(told_us, 1000) + 400 + intHash64(hash + 7) % 3000) AS received_at,
    titles, culprits, cause, is_cold, init_us, hash,
    service, peer_kind, operation, dep_peer, call_peers, publish_peers, publish_ratio, queue, dep_us, call_us, makes_call,
    -- Numbered like outcomes: what happened, whatever is told of it.
    multiIf(cause = 1, 4, is_timeout, 2, cause = 2, 3, cause > 2, 1, 0) AS truly,
    chance(hash, 21) < lost_ratio AS is_lost,
    try + 1 = attempts AND went_well_at = 0 AND buries AS is_dead,
    polls,
    cause != 1 AND NOT is_lost AND (NOT is_timeout OR shows_timeout) AND (cause != 2 OR shows_oom) AS is_told
  FROM
  (
    SELECT *, try,
      cityHash64(event, try) AS hash,
      chance(hash, 1) AS luck,
      multiIf(luck >= limit_6, 0, luck < limit_1, 1, luck < limit_2, 2, luck < limit_3, 3, luck < limit_4, 4, luck < limit_5, 5, 6) AS cause,
      chance(hash, 2) < recycled + if(number = 0, exp(-(mean_usual + timer_events / greatest(timer_every, 1)) * keep_minutes) + 0.0014, 0.0003) AS is_cold,
      if(is_cold, toInt64(cold_ms * 1000 * exp(cold_sigma * normal(hash, 3))), 0) AS init_us,
      own_ms * 1000 * exp(own_sigma * normal(hash, 5)) * if(chance(hash, 7) < tail_ratio, tail_factor, 1) AS own_us,
      if(dep_ms = 0, 0, dep_ms * 1000 * exp(dep_sigma * normal(hash, 8)) + 1000) AS dep_us,
      call_ratio > 0 AND chance(hash, 10) < call_ratio AS makes_call,
      if(makes_call, call_ms * 1000 * exp(call_sigma * normal(hash, 11)), 0) AS call_us,
      own_us + dep_us + call_us AS whole_us,
      cause != 1 AND whole_us > timeout_ms * 1000. AS is_timeout,
      toInt64(multiIf(cause = 1, 3000, is_timeout, timeout_ms * 1000., cause = 0, whole_us, whole_us * (0.3 + 0.7 * chance(hash, 13)))) AS told_us,
      if(try = 0, 0, try * 9000000 + toInt64(2000000 * chance(hash, 14))) AS delay_us,
      toUInt32(4 * chance(hash, 15) * chance(hash, 16)) AS instance_number
    FROM
    (
      SELECT *, number,
        cityHash64({seed: UInt64}, key, event_minute, number) AS event,
        event_minute * 60000000 + toInt64(if(timer_every > 0, 1000000, 60000000) * chance(event, 17)) AS event_us,
        if(attempts_max = 1, 1, toUInt8(arrayFirstIndex(again -> chance(cityHash64(event, again), 1) >= limit_6, range(attempts_max)))) AS went_well_at,
        if(went_well_at = 0, attempts_max, went_well_at) AS attempts,
        went_well_at > 0 AND chance(event, 18) < duplicate_ratio AS is_delivered_twice
      FROM
      (
        SELECT *,
          toUInt32(event_minute % 1440) AS of_day,
          intDiv(of_day, 60) AS of_hour,
          (of_day % 60) / 60 AS part,
          1 + (intDiv(event_minute, 1440) + 4) % 7 AS weekday,
          rates[1] * level({shoppers: Array(Float64)}, of_hour, part, weekday) + rates[2] * level({office: Array(Float64)}, of_hour, part, weekday) + rates[3] * level({night: Array(Float64)}, of_hour, part, weekday) + rates[4] AS mean_usual,
          cityHash64({seed: UInt64}, function_key, intDiv(event_minute, 30)) AS slot,
          2 + toUInt32(5 * chance(slot, 31)) AS burst_length,
          toUInt32((30 - burst_length) * chance(slot, 32)) AS burst_start,
          bursts AND chance(slot, 30) < 0.04 AND event_minute % 30 >= burst_start AND event_minute % 30 < burst_start + burst_length AS is_burst,
          mean_usual * rate_factor * if(is_burst, 2 + 3 * chance(slot, 33), 1) AS mean,
          cityHash64({seed: UInt64}, key, event_minute) AS minute_hash,
          multiIf(
            mean <= 0, 0,
            mean > 20, toUInt32(greatest(0, round(mean + sqrt(mean) * normal(minute_hash, 40)))),
            -- Exponential gaps that fit into the mean.
            arrayCount(at -> at <= mean, arrayCumSum(arrayMap(gap -> -ln(1 - chance(minute_hash, 50 + gap)), range(toUInt32(mean + 6 * sqrt(mean) + 5)))))) AS random_events,
          random_events + if(timer_every > 0 AND of_day % timer_every = timer_offset AND rate_factor > 0, timer_events, 0) AS events
        FROM
        (
          SELECT *, arrayJoin(range(greatest(from_minute, {fromMinute: UInt32}), least(to_minute, {toMinute: UInt32}))) AS event_minute
          FROM format(JSONCompactEachRow, '${placeStructure}', {places: String})
          WHERE from_minute < {toMinute: UInt32} AND to_minute > {fromMinute: UInt32}
        )
      )
      ARRAY JOIN range(events) AS number
    )
    ARRAY JOIN range(toUInt32(attempts + is_delivered_twice)) AS try
  )`;

const usage =
  'billing, billed_ms, billed_memory_mb, billed_cpu_us, request_units, product, feature, customer';
const shared = 'tenant, environment, function, started_at, duration_ns, outcome, version, error_message';

/** What sums and errors are made of; ids only of runs that failed, because making them costs as much as the rest. */
export const sumRows = `
  SELECT ${shared}, cold, init_ns, provider, platform, region, account, team, alias, trigger, memory_bytes, memory_used_bytes,
    http_status, error_type, error_fingerprint, weight, source, reported, ${usage}, attempt, superseded, duplicate,
    if(outcome = 'ok', toFixedString('', 16), trace_id) AS trace_id, if(outcome = 'ok', toFixedString('', 8), span_id) AS span_id,
    received_at, titles, culprits, cause, truly, is_told
  FROM (${historyRows})`;

/** What spans are made of. */
export const callRows = `
  SELECT ${shared}, trace_id, span_id, received_at, cause, truly, hash, is_told,
    service, peer_kind, operation, dep_peer, call_peers, publish_peers, publish_ratio, queue, dep_us, call_us, makes_call
  FROM (${historyRows})`;

const rowColumns = `${shared}, cold, init_ns, provider, platform, region, account, team, alias, instance, trigger, memory_bytes,
    memory_used_bytes, http_status, error_type, error_fingerprint, invocation_id, delivery_id, weight, source, reported, ${usage},
    attempt, superseded, duplicate, trace_id, span_id, parent_span_id, received_at`;

/** Rows of `invocations` into a table like it; columns that are not named have their defaults. */
export const insertRows = (table: string) =>
  `INSERT INTO ${table} (${rowColumns}) SELECT ${rowColumns} FROM (${historyRows}) WHERE is_told`;

/** What is counted at one instant, or by the cloud. */
export const levelRows = `
  SELECT tenant, environment, function, region, account, provider, started_at, duration_ns, outcome, error_type, truly,
    is_told, is_dead, polls
  FROM (${historyRows})`;

/** What truth counts. */
export const truthRows = `
  SELECT ${shared}, cold, provider, region, team, billed_ms, attempt, duplicate, reported, is_cold, is_lost, is_told, is_dead, truly FROM (${historyRows})`;

export const rhythmParams = {
  shoppers: rhythmTable('shoppers'),
  office: rhythmTable('office'),
  night: rhythmTable('night'),
};
