-- The platform's own record of an invocation, as REPORT lines and platform.report events tell it. Settling joins it to the
-- row of the invocation, or makes one of it when no span ever came.
CREATE TABLE IF NOT EXISTS {{table:platform_reports sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    at DateTime64(9, 'UTC') COMMENT 'when the platform wrote it: at or soon after the end of the run' CODEC(Delta, ZSTD(1)),
    invocation_id String CODEC(ZSTD(1)),
    outcome Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    error_type LowCardinality(String),
    error_message String CODEC(ZSTD(1)),
    duration_ns UInt64 CODEC(T64, ZSTD(1)),
    billed_ms UInt64 CODEC(T64, ZSTD(1)),
    init_ns UInt64 COMMENT '0: no cold start' CODEC(T64, ZSTD(1)),
    memory_bytes UInt64 CODEC(T64, ZSTD(1)),
    memory_used_bytes UInt64 COMMENT '0: not told' CODEC(T64, ZSTD(1)),
    provider LowCardinality(String),
    platform LowCardinality(String),
    region LowCardinality(String),
    account LowCardinality(String),
    team LowCardinality(String),
    version LowCardinality(String),
    alias LowCardinality(String),
    arch LowCardinality(String),
    instance String CODEC(ZSTD(1)),
    trace_id FixedString(16) CODEC(ZSTD(1)),
    span_id FixedString(8) CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:MergeTree}}
PARTITION BY toYYYYMMDD(at)
ORDER BY (tenant, environment, function, at)
TTL toDateTime(at) + INTERVAL 30 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1
