-- One row per invocation: the table every figure is a sum over. Times are nanoseconds since the epoch, UTC.
-- What is learned later (a platform's report, a later attempt) is a correction: the row as it was with sign -1 and the
-- row as it is with the next revision, in one insert. So every figure is a sum over `sign`, and rollups never need rewriting.
-- Few clocks tell nanoseconds: GCD takes off the digits that are always 0, a byte of each time.
CREATE TABLE IF NOT EXISTS {{table:invocations sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    started_at DateTime64(9, 'UTC') CODEC(GCD, Delta, ZSTD(1)),
    duration_ns UInt64 CODEC(GCD, T64, ZSTD(1)),
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
    arch LowCardinality(String),
    instance String CODEC(ZSTD(1)),
    trigger LowCardinality(String),
    memory_bytes UInt64 CODEC(T64, ZSTD(1)),
    memory_used_bytes UInt64 DEFAULT 0 COMMENT '0: not told' CODEC(T64, ZSTD(1)),
    http_status UInt16,
    error_type LowCardinality(String),
    error_message String CODEC(ZSTD(1)),
    error_fingerprint UInt64 DEFAULT 0 COMMENT 'group of like errors; 0: none' CODEC(ZSTD(1)),
    invocation_id String CODEC(ZSTD(1)),
    delivery_id String COMMENT 'idempotency key or message id: the same for every delivery of one event' CODEC(ZSTD(1)),
    event_age_ms Nullable(UInt32) COMMENT 'from the event to the start; null: not told' CODEC(ZSTD(1)),
    payload_bytes Nullable(UInt32) CODEC(ZSTD(1)),
    product LowCardinality(String),
    feature LowCardinality(String),
    customer String CODEC(ZSTD(1)),
    tags Map(LowCardinality(String), String) COMMENT 'further configured keys to share cost by' CODEC(ZSTD(1)),
    weight Float64 DEFAULT 1 COMMENT 'invocations this one stands for, when the sender sampled' CODEC(ZSTD(1)),
    billing LowCardinality(String) DEFAULT '' COMMENT 'rule by which the next columns were made; empty: none applies',
    billed_ms UInt64 DEFAULT 0 CODEC(T64, ZSTD(1)),
    billed_memory_mb UInt32 DEFAULT 0 CODEC(T64, ZSTD(1)),
    billed_cpu_us UInt64 DEFAULT 0 CODEC(T64, ZSTD(1)),
    request_units UInt32 DEFAULT 0 CODEC(T64, ZSTD(1)),
    source Enum8('span' = 0, 'report' = 1, 'inferred' = 2) DEFAULT 'span',
    reported Bool DEFAULT false COMMENT 'the platform''s own record is part of this row',
    attempt UInt16 DEFAULT 1 COMMENT 'of one request, counted from 1' CODEC(ZSTD(1)),
    superseded Bool DEFAULT false COMMENT 'a later attempt of the same request exists: not its final outcome',
    duplicate Bool DEFAULT false COMMENT 'the same event had been processed well before',
    trace_id FixedString(16) CODEC(ZSTD(1)),
    span_id FixedString(8) CODEC(ZSTD(1)),
    parent_span_id FixedString(8) CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    revision UInt16 DEFAULT 0,
    sign Int8 DEFAULT 1,
    request_key UInt64 ALIAS cityHash64(multiIf(delivery_id != '', delivery_id, invocation_id != '', invocation_id, toString(span_id))),
    INDEX by_invocation_id invocation_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX by_trace_id trace_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = {{engine:VersionedCollapsingMergeTree(sign, revision)}}
PARTITION BY toYYYYMMDD(started_at)
PRIMARY KEY (tenant, environment, function, started_at)
ORDER BY (tenant, environment, function, started_at, span_id)
TTL toDateTime(started_at) + INTERVAL 30 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1
