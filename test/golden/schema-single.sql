-- SHOW CREATE of every table after all migrations on a single node.

CREATE TABLE coldburn.api_keys
(
    `tenant` LowCardinality(String),
    `key_id` String,
    `event` Enum8('created' = 1, 'revoked' = 2),
    `role` LowCardinality(String),
    `name` String,
    `secret_sha256` String,
    `actor` String,
    `at` DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY (tenant, key_id, at)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 8192;

CREATE TABLE coldburn.invocations
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `started_at` DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `duration_ns` UInt64 CODEC(T64, ZSTD(1)),
    `outcome` Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    `cold` Bool,
    `init_ns` UInt64 CODEC(T64, ZSTD(1)),
    `provider` LowCardinality(String),
    `platform` LowCardinality(String),
    `region` LowCardinality(String),
    `account` LowCardinality(String),
    `team` LowCardinality(String),
    `version` LowCardinality(String),
    `alias` LowCardinality(String),
    `instance` String CODEC(ZSTD(1)),
    `trigger` LowCardinality(String),
    `memory_bytes` UInt64 CODEC(T64, ZSTD(1)),
    `http_status` UInt16,
    `error_type` LowCardinality(String),
    `error_message` String CODEC(ZSTD(1)),
    `invocation_id` String CODEC(ZSTD(1)),
    `trace_id` FixedString(16) CODEC(ZSTD(1)),
    `span_id` FixedString(8) CODEC(ZSTD(1)),
    `parent_span_id` FixedString(8) CODEC(ZSTD(1)),
    `received_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMMDD(started_at)
ORDER BY (tenant, environment, function, started_at)
TTL toDateTime(started_at) + toIntervalDay(30)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE TABLE coldburn.logs
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `service` LowCardinality(String),
    `function` LowCardinality(String),
    `at` DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `observed_at` DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `severity` UInt8,
    `severity_text` LowCardinality(String),
    `event_name` LowCardinality(String),
    `body` String CODEC(ZSTD(1)),
    `body_kind` Enum8('none' = 0, 'string' = 1, 'bool' = 2, 'int' = 3, 'double' = 4, 'array' = 5, 'map' = 6, 'bytes' = 7),
    `invocation_id` String CODEC(ZSTD(1)),
    `trace_id` FixedString(16) CODEC(ZSTD(1)),
    `span_id` FixedString(8) CODEC(ZSTD(1)),
    `flags` UInt32,
    `scope` LowCardinality(String),
    `resource` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `attributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `dropped_attributes` UInt32,
    `received_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMMDD(at)
ORDER BY (tenant, environment, function, at)
TTL toDateTime(at) + toIntervalDay(14)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE TABLE coldburn.metric_points
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `service` LowCardinality(String),
    `function` LowCardinality(String),
    `metric` LowCardinality(String),
    `kind` Enum8('gauge' = 1, 'sum' = 2, 'histogram' = 3, 'exponential_histogram' = 4, 'summary' = 5),
    `temporality` Enum8('unspecified' = 0, 'delta' = 1, 'cumulative' = 2),
    `monotonic` Bool,
    `unit` LowCardinality(String),
    `description` LowCardinality(String),
    `started_at` DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `at` DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `no_value` Bool,
    `value` Nullable(Float64) CODEC(ZSTD(1)),
    `int_value` Nullable(Int64) CODEC(ZSTD(1)),
    `count` UInt64 CODEC(T64, ZSTD(1)),
    `sum` Nullable(Float64) CODEC(ZSTD(1)),
    `min` Nullable(Float64) CODEC(ZSTD(1)),
    `max` Nullable(Float64) CODEC(ZSTD(1)),
    `bounds` Array(Float64) CODEC(ZSTD(1)),
    `bucket_counts` Array(UInt64) CODEC(ZSTD(1)),
    `scale` Int32,
    `zero_count` UInt64 CODEC(T64, ZSTD(1)),
    `zero_threshold` Float64 CODEC(ZSTD(1)),
    `positive_offset` Int32,
    `positive_counts` Array(UInt64) CODEC(ZSTD(1)),
    `negative_offset` Int32,
    `negative_counts` Array(UInt64) CODEC(ZSTD(1)),
    `quantiles` Array(Tuple(
        quantile Float64,
        value Float64)) CODEC(ZSTD(1)),
    `exemplars` Array(Tuple(
        at DateTime64(9, 'UTC'),
        value Float64,
        trace_id FixedString(16),
        span_id FixedString(8),
        attributes Map(String, String))) CODEC(ZSTD(1)),
    `scope` LowCardinality(String),
    `resource` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `attributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `dimensions` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `received_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMMDD(at)
ORDER BY (tenant, metric, environment, function, at)
TTL toDateTime(at) + toIntervalDay(30)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE TABLE coldburn.resources
(
    `tenant` LowCardinality(String),
    `resource_hash` UInt64,
    `seen_on` Date,
    `attributes` Map(LowCardinality(String), String) CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMMDD(seen_on)
ORDER BY (tenant, resource_hash)
TTL seen_on + toIntervalDay(17)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE TABLE coldburn.schema_migrations
(
    `version` UInt32,
    `name` String,
    `event` Enum8('started' = 1, 'statement' = 2, 'finished' = 3),
    `statement` UInt16,
    `checksum` String,
    `program` String,
    `layout` String,
    `at` DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY (version, at, event, statement)
SETTINGS index_granularity = 8192;

CREATE TABLE coldburn.spans
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `service` LowCardinality(String),
    `name` LowCardinality(String),
    `kind` Enum8('unspecified' = 0, 'internal' = 1, 'server' = 2, 'client' = 3, 'producer' = 4, 'consumer' = 5),
    `started_at` DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `duration_ns` UInt64 CODEC(T64, ZSTD(1)),
    `status` Enum8('unset' = 0, 'ok' = 1, 'error' = 2),
    `status_message` String CODEC(ZSTD(1)),
    `trace_id` FixedString(16) CODEC(ZSTD(1)),
    `span_id` FixedString(8) CODEC(ZSTD(1)),
    `parent_span_id` FixedString(8) CODEC(ZSTD(1)),
    `scope` LowCardinality(String),
    `resource_hash` UInt64 CODEC(ZSTD(1)),
    `attribute_keys` LowCardinality(String),
    `attribute_values` String CODEC(ZSTD(1)),
    `events` Array(Tuple(
        at DateTime64(9, 'UTC'),
        name String,
        attributes Map(String, String))) CODEC(ZSTD(1)),
    `links` Array(Tuple(
        trace_id FixedString(16),
        span_id FixedString(8))) CODEC(ZSTD(1)),
    `received_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `attributes` Map(String, String) ALIAS CAST((JSONExtract(attribute_keys, 'Array(String)'), JSONExtract(attribute_values, 'Array(String)')), 'Map(String, String)')
)
ENGINE = MergeTree
PARTITION BY toYYYYMMDD(started_at)
ORDER BY (tenant, trace_id, started_at)
TTL toDateTime(started_at) + toIntervalDay(14)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, min_bytes_for_wide_part = 134217728, index_granularity = 8192;
