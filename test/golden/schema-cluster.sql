-- Every statement of all migrations as rendered for a cluster named "main".

-- 0001_invocations.sql
CREATE TABLE IF NOT EXISTS coldburn.invocations_local ON CLUSTER 'main'
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
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/coldburn/invocations_local', '{replica}')
PARTITION BY toYYYYMMDD(started_at)
ORDER BY (tenant, environment, function, started_at)
TTL toDateTime(started_at) + INTERVAL 30 DAY
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800, ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS coldburn.invocations ON CLUSTER 'main' AS coldburn.invocations_local
ENGINE = Distributed('main', 'coldburn', 'invocations_local', cityHash64(tenant, function));

-- 0002_spans.sql
CREATE TABLE IF NOT EXISTS coldburn.spans_local ON CLUSTER 'main'
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    service LowCardinality(String),
    name LowCardinality(String),
    kind Enum8('unspecified' = 0, 'internal' = 1, 'server' = 2, 'client' = 3, 'producer' = 4, 'consumer' = 5),
    started_at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    duration_ns UInt64 CODEC(T64, ZSTD(1)),
    status Enum8('unset' = 0, 'ok' = 1, 'error' = 2),
    status_message String CODEC(ZSTD(1)),
    trace_id FixedString(16) CODEC(ZSTD(1)),
    span_id FixedString(8) CODEC(ZSTD(1)),
    parent_span_id FixedString(8) CODEC(ZSTD(1)),
    scope LowCardinality(String),
    resource_hash UInt64 CODEC(ZSTD(1)),
    attribute_keys LowCardinality(String),
    attribute_values String CODEC(ZSTD(1)),
    events Array(Tuple(at DateTime64(9, 'UTC'), name String, attributes Map(String, String))) CODEC(ZSTD(1)),
    links Array(Tuple(trace_id FixedString(16), span_id FixedString(8))) CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    attributes Map(String, String) ALIAS
        CAST((JSONExtract(attribute_keys, 'Array(String)'), JSONExtract(attribute_values, 'Array(String)')), 'Map(String, String)')
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/coldburn/spans_local', '{replica}')
PARTITION BY toYYYYMMDD(started_at)
ORDER BY (tenant, trace_id, started_at)
TTL toDateTime(started_at) + INTERVAL 14 DAY
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800, ttl_only_drop_parts = 1, min_bytes_for_wide_part = 134217728;

CREATE TABLE IF NOT EXISTS coldburn.spans ON CLUSTER 'main' AS coldburn.spans_local
ENGINE = Distributed('main', 'coldburn', 'spans_local', cityHash64(trace_id));

-- 0003_api_keys.sql
CREATE TABLE IF NOT EXISTS coldburn.api_keys ON CLUSTER 'main'
(
    tenant LowCardinality(String),
    key_id String,
    event Enum8('created' = 1, 'revoked' = 2),
    role LowCardinality(String),
    name String,
    secret_sha256 String,
    actor String,
    at DateTime64(3, 'UTC')
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/every-node/coldburn/api_keys', '{shard}-{replica}')
ORDER BY (tenant, key_id, at)
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800;

-- 0004_metric_points.sql
CREATE TABLE IF NOT EXISTS coldburn.metric_points_local ON CLUSTER 'main'
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    service LowCardinality(String),
    function LowCardinality(String),
    metric LowCardinality(String),
    kind Enum8('gauge' = 1, 'sum' = 2, 'histogram' = 3, 'exponential_histogram' = 4, 'summary' = 5),
    temporality Enum8('unspecified' = 0, 'delta' = 1, 'cumulative' = 2),
    monotonic Bool,
    unit LowCardinality(String),
    description LowCardinality(String),
    started_at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    no_value Bool,
    value Nullable(Float64) CODEC(ZSTD(1)),
    int_value Nullable(Int64) CODEC(ZSTD(1)),
    count UInt64 CODEC(T64, ZSTD(1)),
    sum Nullable(Float64) CODEC(ZSTD(1)),
    min Nullable(Float64) CODEC(ZSTD(1)),
    max Nullable(Float64) CODEC(ZSTD(1)),
    bounds Array(Float64) CODEC(ZSTD(1)),
    bucket_counts Array(UInt64) CODEC(ZSTD(1)),
    scale Int32,
    zero_count UInt64 CODEC(T64, ZSTD(1)),
    zero_threshold Float64 CODEC(ZSTD(1)),
    positive_offset Int32,
    positive_counts Array(UInt64) CODEC(ZSTD(1)),
    negative_offset Int32,
    negative_counts Array(UInt64) CODEC(ZSTD(1)),
    quantiles Array(Tuple(quantile Float64, value Float64)) CODEC(ZSTD(1)),
    exemplars Array(Tuple(at DateTime64(9, 'UTC'), value Float64, trace_id FixedString(16), span_id FixedString(8), attributes Map(String, String))) CODEC(ZSTD(1)),
    scope LowCardinality(String),
    resource Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    dimensions Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/coldburn/metric_points_local', '{replica}')
PARTITION BY toYYYYMMDD(at)
ORDER BY (tenant, metric, environment, function, at)
TTL toDateTime(at) + INTERVAL 30 DAY
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800, ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS coldburn.metric_points ON CLUSTER 'main' AS coldburn.metric_points_local
ENGINE = Distributed('main', 'coldburn', 'metric_points_local', cityHash64(tenant, function));

-- 0005_logs.sql
CREATE TABLE IF NOT EXISTS coldburn.logs_local ON CLUSTER 'main'
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    service LowCardinality(String),
    function LowCardinality(String),
    at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    observed_at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    severity UInt8,
    severity_text LowCardinality(String),
    event_name LowCardinality(String),
    body String CODEC(ZSTD(1)),
    body_kind Enum8('none' = 0, 'string' = 1, 'bool' = 2, 'int' = 3, 'double' = 4, 'array' = 5, 'map' = 6, 'bytes' = 7),
    invocation_id String CODEC(ZSTD(1)),
    trace_id FixedString(16) CODEC(ZSTD(1)),
    span_id FixedString(8) CODEC(ZSTD(1)),
    flags UInt32,
    scope LowCardinality(String),
    resource Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    dropped_attributes UInt32,
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/coldburn/logs_local', '{replica}')
PARTITION BY toYYYYMMDD(at)
ORDER BY (tenant, environment, function, at)
TTL toDateTime(at) + INTERVAL 14 DAY
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800, ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS coldburn.logs ON CLUSTER 'main' AS coldburn.logs_local
ENGINE = Distributed('main', 'coldburn', 'logs_local', cityHash64(tenant, function));

-- 0006_resources.sql
CREATE TABLE IF NOT EXISTS coldburn.resources_local ON CLUSTER 'main'
(
    tenant LowCardinality(String),
    resource_hash UInt64,
    seen_on Date,
    attributes Map(LowCardinality(String), String) CODEC(ZSTD(1))
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/coldburn/resources_local', '{replica}')
PARTITION BY toYYYYMMDD(seen_on)
ORDER BY (tenant, resource_hash)
TTL seen_on + INTERVAL 17 DAY
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800, ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS coldburn.resources ON CLUSTER 'main' AS coldburn.resources_local
ENGINE = Distributed('main', 'coldburn', 'resources_local', resource_hash);
