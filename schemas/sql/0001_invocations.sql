-- One row per invocation: the table every figure is a sum over. Times are nanoseconds since the epoch, UTC.
CREATE TABLE IF NOT EXISTS {{table:invocations sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    started_at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    duration_ns UInt64 CODEC(T64, ZSTD(1)),
    outcome Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    cold Bool,
    init_ns UInt64 CODEC(T64, ZSTD(1)),
    provider LowCardinality(String),
    platform LowCardinality(String),
    region LowCardinality(String),
    account LowCardinality(String),
    team LowCardinality(String),
    version LowCardinality(String),
    alias LowCardinality(String),
    instance String CODEC(ZSTD(1)),
    trigger LowCardinality(String),
    memory_bytes UInt64 CODEC(T64, ZSTD(1)),
    http_status UInt16,
    error_type LowCardinality(String),
    error_message String CODEC(ZSTD(1)),
    invocation_id String CODEC(ZSTD(1)),
    trace_id FixedString(16) CODEC(ZSTD(1)),
    span_id FixedString(8) CODEC(ZSTD(1)),
    parent_span_id FixedString(8) CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:MergeTree}}
PARTITION BY toYYYYMMDD(started_at)
ORDER BY (tenant, environment, function, started_at)
TTL toDateTime(started_at) + INTERVAL 30 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1
