import type { Warehouse } from '../../warehouse/warehouse.js';

// Made inside the engine, because moving 100 M rows into it would take longer than all questions. Everything follows from
// the row's number by hashes, so that two runs hold the same rows. The busiest of 300 functions has an eighth of all
// calls (Zipf), days have a rhythm, durations are log-normal; ids are random and in the form their platforms give them.
const ROWS = `
  WITH
    (salt, number) -> cityHash64(salt, number) AS dice,
    (salt, number) -> dice(salt, number) / 18446744073709551616. AS chance,
    (salt, number) -> sqrt(-2 * ln(1 - chance(salt, number))) * cos(2 * pi() * chance(salt + 1, number)) AS normal,
    number / {total: Float64} AS progress,
    progress + 0.7 * sin(2 * pi() * {days: Float64} * progress) / (2 * pi() * {days: Float64}) AS eased,
    toUInt32(pow(300, chance(10, number))) - 1 AS f,
    cityHash64(f) AS fh,
    fh % 10 AS kind,
    dice(20, number) % 10000 AS luck,
    multiIf(luck < 80, 'error', luck < 90, 'timeout', luck < 93, 'oom', luck < 96, 'throttled', luck < 98, 'rejected', 'ok') AS ended,
    dice(21, number) % 1000 < 15 AS is_cold,
    toInt64(exp(16.5 + (fh % 300) / 100 + 0.55 * normal(30, number))) + is_cold * 400000000 AS took_ns,
    fromUnixTimestamp64Nano(toInt64({fromMs: Float64} * 1e6 + eased * {days: Float64} * 86400e9) + toInt64(chance(40, number) * 2e9), 'UTC') AS at,
    [128, 256, 512, 1024, 1769][1 + fh % 5] AS memory_mb,
    toString(reinterpretAsUUID(toFixedString(concat(reinterpretAsFixedString(dice(50, number)), reinterpretAsFixedString(dice(51, number))), 16))) AS uuid
  SELECT
    {tenant: String} AS tenant,
    if(f % 10 = 9, 'staging', 'prod') AS environment,
    concat(['orders', 'payments', 'mail', 'search', 'images', 'billing'][1 + f % 6], '-', ['create', 'list', 'sync', 'resize', 'notify'][1 + intDiv(f, 6) % 5], '-', toString(f)) AS function,
    at AS started_at,
    took_ns AS duration_ns,
    CAST(ended, 'Enum8(\\'ok\\' = 0, \\'error\\' = 1, \\'timeout\\' = 2, \\'oom\\' = 3, \\'throttled\\' = 4, \\'rejected\\' = 5)') AS outcome,
    is_cold AS cold,
    is_cold * toUInt64(300000000 + 50000000 * abs(normal(32, number))) AS init_ns,
    if(kind < 7, 'aws', 'gcp') AS provider,
    if(kind < 7, 'aws_lambda', 'gcp_cloud_run') AS platform,
    if(kind = 1 AND dice(22, number) % 2 = 0, 'us-east-1', 'eu-central-1') AS region,
    if(kind < 7, '123456789012', 'shop-prod') AS account,
    concat('team-', toString(fh % 12)) AS team,
    toString(intDiv(toUInt32(at) + fh % 500000, 432000) % 1000) AS version,
    '' AS alias,
    if(fh % 3 = 0, 'arm64', 'x86_64') AS arch,
    hex(cityHash64(f, intDiv(number, 400000), dice(23, number) % 6)) AS instance,
    ['http', 'http', 'http', 'http', 'pubsub', 'timer', 'http', 'http', 'pubsub', 'datasource'][1 + kind] AS trigger,
    toUInt64(memory_mb) * 1048576 AS memory_bytes,
    if(kind < 7, toUInt64(memory_mb * (0.3 + 0.4 * chance(41, number))) * 1048576, 0) AS memory_used_bytes,
    multiIf(trigger != 'http', 0, ended = 'ok', 200, ended = 'throttled', 429, ended = 'rejected', 401, 500) AS http_status,
    if(ended IN ('ok', 'throttled', 'rejected'), '', ['TypeError', 'ConnectionError', 'ValidationError', 'Runtime.Timeout'][1 + dice(24, number) % 4]) AS error_type,
    if(error_type = '', '', concat('could not finish order ', toString(dice(25, number) % 100000))) AS error_message,
    if(error_type = '', 0, cityHash64(error_type, f)) AS error_fingerprint,
    if(kind < 7, uuid, '') AS invocation_id,
    if(kind = 4, toString(dice(55, number)), '') AS delivery_id,
    if(kind = 4, toUInt32(exp(4 + normal(34, number))), NULL) AS event_age_ms,
    NULL AS payload_bytes,
    ['shop', 'shop', 'studio'][1 + f % 3] AS product,
    '' AS feature,
    if(kind < 3, concat('customer-', toString(toUInt32(pow(800, chance(42, number))))), '') AS customer,
    map() AS tags,
    1. AS weight,
    if(kind < 7, 'lambda', 'run') AS billing,
    toUInt64(ceil(took_ns / 1e6)) AS billed_ms,
    toUInt32(memory_mb) AS billed_memory_mb,
    1 AS request_units,
    'span' AS source,
    kind < 7 AS reported,
    1 + (luck < 30) AS attempt,
    false AS superseded,
    luck % 2000 = 7 AS duplicate,
    toFixedString(concat(reinterpretAsFixedString(dice(60, number)), reinterpretAsFixedString(dice(61, number))), 16) AS trace_id,
    reinterpretAsFixedString(dice(62, number)) AS span_id,
    if(dice(26, number) % 10 < 3, reinterpretAsFixedString(dice(63, number)), toFixedString('', 8)) AS parent_span_id,
    toDateTime64(at, 3, 'UTC') + toIntervalMillisecond(400 + dice(27, number) % 400 + intDiv(took_ns, 1000000)) AS received_at
  FROM numbers({first: UInt64}, {count: UInt64})`;

const COLUMNS = `
  tenant, environment, function, started_at, duration_ns, outcome, cold, init_ns, provider, platform, region, account, team,
  version, alias, arch, instance, trigger, memory_bytes, memory_used_bytes, http_status, error_type, error_message,
  error_fingerprint, invocation_id, delivery_id, event_age_ms, payload_bytes, product, feature, customer, tags, weight, billing,
  billed_ms, billed_memory_mb, request_units, source, reported, attempt, superseded, duplicate, trace_id, span_id,
  parent_span_id, received_at`;

const INTO_INVOCATIONS = `INSERT INTO invocations (${COLUMNS}) ${ROWS}`;
const INTO_SOURCE = `INSERT INTO bench_source (${COLUMNS}) ${ROWS}`;

export type Generated = {
  tenant: string;
  from: Date;
  days: number;
  /** Numbers of the rows to make, out of `total` that fill all days. */
  first: number;
  count: number;
  total: number;
};

/** Makes invocations, evenly by their number over all days and so in the order of time, as they would arrive. */
export async function generateInvocations(
  warehouse: Warehouse,
  { from, ...rest }: Generated,
  into: 'invocations' | 'source',
): Promise<void> {
  const sql = into === 'invocations' ? INTO_INVOCATIONS : INTO_SOURCE;
  await warehouse.command(sql, { ...rest, fromMs: from.getTime() }, { timeoutMs: 600_000, memoryBytes: 4e9 });
}
