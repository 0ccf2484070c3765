-- How rows of `invocations` should read, as settling decided it. Comparing with how they do read makes the corrections.
-- Of use for the moment between the two, so whole hours are dropped soon.
CREATE TABLE IF NOT EXISTS {{table:settle_wanted sharded by cityHash64(tenant, function)}}
(
    batch String CODEC(ZSTD(1)),
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    started_at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    span_id FixedString(8) CODEC(ZSTD(1)),
    wanted Bool COMMENT 'false: no such row should be',
    to_source Enum8('span' = 0, 'report' = 1, 'inferred' = 2),
    to_outcome Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    to_error_type LowCardinality(String),
    to_error_message String CODEC(ZSTD(1)),
    to_cold Bool,
    to_init_ns UInt64 CODEC(T64, ZSTD(1)),
    to_memory_bytes UInt64 CODEC(T64, ZSTD(1)),
    to_memory_used_bytes UInt64 CODEC(T64, ZSTD(1)),
    to_billed_ms UInt64 CODEC(T64, ZSTD(1)),
    to_reported Bool,
    to_attempt UInt16 CODEC(ZSTD(1)),
    to_superseded Bool,
    to_duplicate Bool,
    made_duration_ns UInt64 COMMENT 'of rows that settling makes: this and what follows' CODEC(T64, ZSTD(1)),
    made_invocation_id String CODEC(ZSTD(1)),
    made_delivery_id String CODEC(ZSTD(1)),
    made_report_at DateTime64(9, 'UTC') COMMENT 'the report it is made of' CODEC(Delta, ZSTD(1)),
    made_report_environment LowCardinality(String),
    created_at DateTime('UTC') DEFAULT now('UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:MergeTree}}
PARTITION BY toStartOfHour(created_at)
ORDER BY batch
TTL created_at + INTERVAL 1 HOUR
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1, merge_with_ttl_timeout = 600
