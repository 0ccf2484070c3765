-- What was first told of each run, in the order it came: all that settling decides from, so that a decision depends on what
-- is known and never on what was decided before. A log of arrivals: read by time, never by key, and forgotten after days.
-- `key` is what links runs of one request, `run` the platform's invocation; both are hashes, 0: none.
CREATE TABLE IF NOT EXISTS {{table:settle_facts sharded by cityHash64(tenant, function)}}
(
    inserted_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    key UInt64 CODEC(ZSTD(1)),
    run UInt64 CODEC(ZSTD(1)),
    kind Enum8('run' = 0, 'report' = 1, 'made' = 2, 'work' = 3),
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    started_at DateTime64(9, 'UTC') COMMENT 'of a report: when it was written' CODEC(Delta, ZSTD(1)),
    duration_ns UInt64 CODEC(T64, ZSTD(1)),
    span_id FixedString(8) CODEC(ZSTD(1)),
    outcome Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    error_type LowCardinality(String),
    error_message String CODEC(ZSTD(1)),
    cold Bool,
    init_ns UInt64 CODEC(T64, ZSTD(1)),
    memory_bytes UInt64 CODEC(T64, ZSTD(1)),
    memory_used_bytes UInt64 CODEC(T64, ZSTD(1)),
    billed_ms UInt64 CODEC(T64, ZSTD(1)),
    attempt UInt16 DEFAULT 1 CODEC(ZSTD(1)),
    source Enum8('span' = 0, 'report' = 1, 'inferred' = 2) DEFAULT 'span',
    invocation_id String COMMENT 'not of runs' CODEC(ZSTD(1)),
    delivery_id String CODEC(ZSTD(1)),
    is_link Bool MATERIALIZED run != 0 AND run != key COMMENT 'by it, what the platform says of an invocation finds the request that it belongs to'
)
ENGINE = {{engine:MergeTree}}
PARTITION BY toYYYYMMDD(inserted_at)
ORDER BY inserted_at
TTL toDateTime(inserted_at) + INTERVAL 4 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1, min_bytes_for_wide_part = 134217728;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:settle_facts_of_invocations}} TO {{local:settle_facts}} AS
SELECT
    now64(3, 'UTC') AS inserted_at,
    cityHash64(tenant, function, multiIf(i.delivery_id != '', i.delivery_id, i.invocation_id != '', i.invocation_id, toString(span_id))) AS key,
    if(i.invocation_id = '', 0, cityHash64(tenant, function, i.invocation_id)) AS run,
    if(source = 'span', 'run', 'made') AS kind,
    tenant, environment, function, started_at, duration_ns, span_id,
    outcome, error_type, error_message, cold, init_ns, memory_bytes, memory_used_bytes, billed_ms, attempt, source,
    '' AS invocation_id, delivery_id
FROM {{local:invocations}} AS i
WHERE sign = 1 AND revision = 0;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:settle_facts_of_reports}} TO {{local:settle_facts}} AS
SELECT
    now64(3, 'UTC') AS inserted_at,
    cityHash64(tenant, function, invocation_id) AS key,
    key AS run,
    'report' AS kind,
    tenant, environment, function, at AS started_at, duration_ns, span_id,
    outcome, error_type, error_message, init_ns > 0 AS cold, init_ns, memory_bytes, memory_used_bytes, billed_ms,
    invocation_id
FROM {{local:platform_reports}}
WHERE invocation_id != '';

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:settle_facts_of_logs}} TO {{local:settle_facts}} AS
SELECT
    now64(3, 'UTC') AS inserted_at,
    cityHash64(tenant, function, invocation_id) AS key,
    key AS run,
    'work' AS kind,
    tenant, environment, function, min(at) AS started_at,
    toUInt64(dateDiff('nanosecond', min(at), max(at))) AS duration_ns,
    invocation_id
FROM {{local:logs}}
WHERE invocation_id != '' AND function != ''
GROUP BY tenant, environment, function, invocation_id
