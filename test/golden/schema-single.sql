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
    `arch` LowCardinality(String),
    `instance` String CODEC(ZSTD(1)),
    `trigger` LowCardinality(String),
    `memory_bytes` UInt64 CODEC(T64, ZSTD(1)),
    `memory_used_bytes` UInt64 DEFAULT 0 COMMENT '0: not told' CODEC(T64, ZSTD(1)),
    `http_status` UInt16,
    `error_type` LowCardinality(String),
    `error_message` String CODEC(ZSTD(1)),
    `error_fingerprint` UInt64 DEFAULT 0 COMMENT 'group of like errors; 0: none' CODEC(ZSTD(1)),
    `invocation_id` String CODEC(ZSTD(1)),
    `delivery_id` String COMMENT 'idempotency key or message id: the same for every delivery of one event' CODEC(ZSTD(1)),
    `event_age_ms` Nullable(UInt32) COMMENT 'from the event to the start; null: not told' CODEC(ZSTD(1)),
    `payload_bytes` Nullable(UInt32) CODEC(ZSTD(1)),
    `product` LowCardinality(String),
    `feature` LowCardinality(String),
    `customer` String CODEC(ZSTD(1)),
    `tags` Map(LowCardinality(String), String) COMMENT 'further configured keys to share cost by' CODEC(ZSTD(1)),
    `weight` Float64 DEFAULT 1 COMMENT 'invocations this one stands for, when the sender sampled' CODEC(ZSTD(1)),
    `billing` LowCardinality(String) DEFAULT '' COMMENT 'rule by which the next columns were made; empty: none applies',
    `billed_ms` UInt64 DEFAULT 0 CODEC(T64, ZSTD(1)),
    `billed_memory_mb` UInt32 DEFAULT 0 CODEC(T64, ZSTD(1)),
    `billed_cpu_us` UInt64 DEFAULT 0 CODEC(T64, ZSTD(1)),
    `request_units` UInt32 DEFAULT 0 CODEC(T64, ZSTD(1)),
    `source` Enum8('span' = 0, 'report' = 1, 'inferred' = 2) DEFAULT 'span',
    `reported` Bool DEFAULT false COMMENT 'the platform\'s own record is part of this row',
    `attempt` UInt16 DEFAULT 1 COMMENT 'of one request, counted from 1' CODEC(ZSTD(1)),
    `superseded` Bool DEFAULT false COMMENT 'a later attempt of the same request exists: not its final outcome',
    `duplicate` Bool DEFAULT false COMMENT 'the same event had been processed well before',
    `trace_id` FixedString(16) CODEC(ZSTD(1)),
    `span_id` FixedString(8) CODEC(ZSTD(1)),
    `parent_span_id` FixedString(8) CODEC(ZSTD(1)),
    `received_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `revision` UInt16 DEFAULT 0,
    `sign` Int8 DEFAULT 1,
    `request_key` UInt64 ALIAS cityHash64(multiIf(delivery_id != '', delivery_id, invocation_id != '', invocation_id, toString(span_id))),
    INDEX by_invocation_id invocation_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX by_trace_id trace_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = VersionedCollapsingMergeTree(sign, revision)
PARTITION BY toYYYYMMDD(started_at)
PRIMARY KEY (tenant, environment, function, started_at)
ORDER BY (tenant, environment, function, started_at, span_id)
TTL toDateTime(started_at) + toIntervalDay(30)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE TABLE coldburn.invocations_1h
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `hour` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `version` LowCardinality(String),
    `alias` LowCardinality(String),
    `region` LowCardinality(String),
    `team` LowCardinality(String),
    `provider` LowCardinality(String),
    `platform` LowCardinality(String),
    `account` LowCardinality(String),
    `arch` LowCardinality(String),
    `trigger` LowCardinality(String),
    `billing` LowCardinality(String),
    `billed_memory_mb` UInt32,
    `cold` Bool,
    `outcome` Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    `source` Enum8('span' = 0, 'report' = 1, 'inferred' = 2),
    `weight` Float64,
    `n` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `retries` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `duplicates` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `superseded` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `reported` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `duration_us` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `init_ns` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `billed_ms` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `billed_cpu_us` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `request_units` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `memory_told` SimpleAggregateFunction(sum, Int64) COMMENT 'how many told both memory used and memory given' CODEC(T64, ZSTD(1)),
    `memory_used_permille` SimpleAggregateFunction(sum, Int64) COMMENT 'sum of used / given in thousandths' CODEC(T64, ZSTD(1)),
    `memory_used_bytes_max` SimpleAggregateFunction(max, UInt64) CODEC(T64, ZSTD(1)),
    `event_age_told` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `event_age_ms` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `ended_after_s` SimpleAggregateFunction(max, UInt32) COMMENT 'end of the last to end, seconds from the start of the hour' CODEC(T64, ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYear(hour)
PRIMARY KEY (tenant, environment, function, hour)
ORDER BY (tenant, environment, function, hour, version, alias, region, team, provider, platform, account, arch, trigger, billing, billed_memory_mb, cold, outcome, source, weight)
TTL hour + toIntervalDay(800)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.invocations_1h_mv TO coldburn.invocations_1h
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `hour` DateTime('UTC'),
    `version` LowCardinality(String),
    `alias` LowCardinality(String),
    `region` LowCardinality(String),
    `team` LowCardinality(String),
    `provider` LowCardinality(String),
    `platform` LowCardinality(String),
    `account` LowCardinality(String),
    `arch` LowCardinality(String),
    `trigger` LowCardinality(String),
    `billing` LowCardinality(String),
    `billed_memory_mb` UInt32,
    `cold` Bool,
    `outcome` Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    `source` Enum8('span' = 0, 'report' = 1, 'inferred' = 2),
    `weight` Float64,
    `n` Int64,
    `retries` Int64,
    `duplicates` Int64,
    `superseded` Int64,
    `reported` Int64,
    `duration_us` Int64,
    `init_ns` Int64,
    `billed_ms` Int64,
    `billed_cpu_us` Int64,
    `request_units` Int64,
    `memory_told` Int64,
    `memory_used_permille` Int64,
    `memory_used_bytes_max` SimpleAggregateFunction(max, UInt64),
    `event_age_told` Int64,
    `event_age_ms` Int64,
    `ended_after_s` UInt32
)
AS SELECT
    tenant,
    environment,
    function,
    toStartOfHour(minute) AS hour,
    version,
    alias,
    region,
    team,
    provider,
    platform,
    account,
    arch,
    trigger,
    billing,
    billed_memory_mb,
    cold,
    outcome,
    source,
    weight,
    sum(n) AS n,
    sum(retries) AS retries,
    sum(duplicates) AS duplicates,
    sum(superseded) AS superseded,
    sum(reported) AS reported,
    sum(duration_us) AS duration_us,
    sum(init_ns) AS init_ns,
    sum(billed_ms) AS billed_ms,
    sum(billed_cpu_us) AS billed_cpu_us,
    sum(request_units) AS request_units,
    sum(memory_told) AS memory_told,
    sum(memory_used_permille) AS memory_used_permille,
    max(memory_used_bytes_max) AS memory_used_bytes_max,
    sum(event_age_told) AS event_age_told,
    sum(event_age_ms) AS event_age_ms,
    max(toUInt32((toUnixTimestamp(minute) - toUnixTimestamp(toStartOfHour(minute))) + m.ended_after_s)) AS ended_after_s
FROM coldburn.invocations_1m AS m
GROUP BY ALL;

CREATE TABLE coldburn.invocations_1m
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `minute` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `version` LowCardinality(String),
    `alias` LowCardinality(String),
    `region` LowCardinality(String),
    `team` LowCardinality(String),
    `provider` LowCardinality(String),
    `platform` LowCardinality(String),
    `account` LowCardinality(String),
    `arch` LowCardinality(String),
    `trigger` LowCardinality(String),
    `billing` LowCardinality(String),
    `billed_memory_mb` UInt32,
    `cold` Bool,
    `outcome` Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    `source` Enum8('span' = 0, 'report' = 1, 'inferred' = 2),
    `weight` Float64,
    `n` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `retries` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `duplicates` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `superseded` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `reported` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `duration_us` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `init_ns` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `billed_ms` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `billed_cpu_us` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `request_units` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `memory_told` SimpleAggregateFunction(sum, Int64) COMMENT 'how many told both memory used and memory given' CODEC(T64, ZSTD(1)),
    `memory_used_permille` SimpleAggregateFunction(sum, Int64) COMMENT 'sum of used / given in thousandths' CODEC(T64, ZSTD(1)),
    `memory_used_bytes_max` SimpleAggregateFunction(max, UInt64) CODEC(T64, ZSTD(1)),
    `event_age_told` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `event_age_ms` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `ended_after_s` SimpleAggregateFunction(max, UInt32) COMMENT 'end of the last to end, seconds from the start of the minute' CODEC(T64, ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(minute)
PRIMARY KEY (tenant, environment, function, minute)
ORDER BY (tenant, environment, function, minute, version, alias, region, team, provider, platform, account, arch, trigger, billing, billed_memory_mb, cold, outcome, source, weight)
TTL minute + toIntervalDay(95)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.invocations_1m_mv TO coldburn.invocations_1m
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `minute` DateTime('UTC'),
    `version` LowCardinality(String),
    `alias` LowCardinality(String),
    `region` LowCardinality(String),
    `team` LowCardinality(String),
    `provider` LowCardinality(String),
    `platform` LowCardinality(String),
    `account` LowCardinality(String),
    `arch` LowCardinality(String),
    `trigger` LowCardinality(String),
    `billing` LowCardinality(String),
    `billed_memory_mb` UInt32,
    `cold` Bool,
    `outcome` Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    `source` Enum8('span' = 0, 'report' = 1, 'inferred' = 2),
    `weight` Float64,
    `n` Int64,
    `retries` Int64,
    `duplicates` Int64,
    `superseded` Int64,
    `reported` Int64,
    `duration_us` Int64,
    `init_ns` Int64,
    `billed_ms` Int64,
    `billed_cpu_us` Int64,
    `request_units` Int64,
    `memory_told` Int64,
    `memory_used_permille` Int64,
    `memory_used_bytes_max` UInt64,
    `event_age_told` Int64,
    `event_age_ms` Int64,
    `ended_after_s` UInt32
)
AS SELECT
    tenant,
    environment,
    function,
    toStartOfMinute(started_at) AS minute,
    version,
    alias,
    region,
    team,
    provider,
    platform,
    account,
    arch,
    trigger,
    billing,
    billed_memory_mb,
    cold,
    outcome,
    source,
    weight,
    sum(sign) AS n,
    sum(sign * ((attempt > 1) AND (NOT duplicate))) AS retries,
    sum(sign * duplicate) AS duplicates,
    sum(sign * superseded) AS superseded,
    sum(sign * reported) AS reported,
    sum(sign * toInt64(intDiv(i.duration_ns, 1000))) AS duration_us,
    sum(sign * toInt64(init_ns)) AS init_ns,
    sum(sign * toInt64(billed_ms)) AS billed_ms,
    sum(sign * toInt64(billed_cpu_us)) AS billed_cpu_us,
    sum(sign * toInt64(request_units)) AS request_units,
    sum(sign * ((memory_used_bytes > 0) AND (memory_bytes > 0))) AS memory_told,
    sum(sign * if(memory_bytes > 0, toInt64(intDiv(memory_used_bytes * 1000, memory_bytes)), 0)) AS memory_used_permille,
    max(memory_used_bytes) AS memory_used_bytes_max,
    sum(sign * isNotNull(i.event_age_ms)) AS event_age_told,
    sum(sign * toInt64(ifNull(event_age_ms, 0))) AS event_age_ms,
    max(toUInt32(intDiv((toUnixTimestamp64Nano(started_at) % 60000000000) + toInt64(i.duration_ns), 1000000000))) AS ended_after_s
FROM coldburn.invocations AS i
GROUP BY ALL;

CREATE TABLE coldburn.latency_1h
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `hour` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `version` LowCardinality(String),
    `region` LowCardinality(String),
    `team` LowCardinality(String),
    `provider` LowCardinality(String),
    `cold` Bool,
    `failed` Bool,
    `weight` Float64,
    `bucket` UInt16 CODEC(Delta(2), ZSTD(1)),
    `n` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYear(hour)
PRIMARY KEY (tenant, environment, function, hour)
ORDER BY (tenant, environment, function, hour, version, region, team, provider, cold, failed, weight, bucket)
TTL hour + toIntervalDay(800)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.latency_1h_mv TO coldburn.latency_1h
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `hour` DateTime('UTC'),
    `version` LowCardinality(String),
    `region` LowCardinality(String),
    `team` LowCardinality(String),
    `provider` LowCardinality(String),
    `cold` Bool,
    `failed` Bool,
    `weight` Float64,
    `bucket` UInt16,
    `n` Int64
)
AS SELECT
    tenant,
    environment,
    function,
    toStartOfHour(minute) AS hour,
    version,
    region,
    team,
    provider,
    cold,
    failed,
    weight,
    bucket,
    sum(n) AS n
FROM coldburn.latency_1m
GROUP BY ALL;

CREATE TABLE coldburn.latency_1m
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `minute` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `version` LowCardinality(String),
    `region` LowCardinality(String),
    `team` LowCardinality(String),
    `provider` LowCardinality(String),
    `cold` Bool,
    `failed` Bool,
    `weight` Float64,
    `bucket` UInt16 CODEC(Delta(2), ZSTD(1)),
    `n` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(minute)
PRIMARY KEY (tenant, environment, function, minute)
ORDER BY (tenant, environment, function, minute, version, region, team, provider, cold, failed, weight, bucket)
TTL minute + toIntervalDay(95)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.latency_1m_mv TO coldburn.latency_1m
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `minute` DateTime('UTC'),
    `version` LowCardinality(String),
    `region` LowCardinality(String),
    `team` LowCardinality(String),
    `provider` LowCardinality(String),
    `cold` Bool,
    `failed` UInt8,
    `weight` Float64,
    `bucket` UInt16,
    `n` Int64
)
AS WITH
    intDiv(duration_ns, 1000) AS us,
    greatest(toInt64(bitShiftRight(reinterpretAsUInt64(toFloat64(us)), 52)) - 1030, 0) AS doublings
SELECT
    tenant,
    environment,
    function,
    toStartOfMinute(started_at) AS minute,
    version,
    region,
    team,
    provider,
    cold,
    outcome != 'ok' AS failed,
    weight,
    toUInt16((doublings * 128) + toInt64(bitShiftRight(us, doublings))) AS bucket,
    sum(sign) AS n
FROM coldburn.invocations
WHERE outcome NOT IN ('throttled', 'rejected')
GROUP BY ALL;

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

CREATE TABLE coldburn.platform_reports
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `at` DateTime64(9, 'UTC') COMMENT 'when the platform wrote it: at or soon after the end of the run' CODEC(Delta(8), ZSTD(1)),
    `invocation_id` String CODEC(ZSTD(1)),
    `outcome` Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    `error_type` LowCardinality(String),
    `error_message` String CODEC(ZSTD(1)),
    `duration_ns` UInt64 CODEC(T64, ZSTD(1)),
    `billed_ms` UInt64 CODEC(T64, ZSTD(1)),
    `init_ns` UInt64 COMMENT '0: no cold start' CODEC(T64, ZSTD(1)),
    `memory_bytes` UInt64 CODEC(T64, ZSTD(1)),
    `memory_used_bytes` UInt64 COMMENT '0: not told' CODEC(T64, ZSTD(1)),
    `provider` LowCardinality(String),
    `platform` LowCardinality(String),
    `region` LowCardinality(String),
    `account` LowCardinality(String),
    `team` LowCardinality(String),
    `version` LowCardinality(String),
    `alias` LowCardinality(String),
    `arch` LowCardinality(String),
    `instance` String CODEC(ZSTD(1)),
    `trace_id` FixedString(16) CODEC(ZSTD(1)),
    `span_id` FixedString(8) CODEC(ZSTD(1)),
    `received_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMMDD(at)
ORDER BY (tenant, environment, function, at)
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

CREATE TABLE coldburn.suggestions_1d
(
    `tenant` LowCardinality(String),
    `day` Date,
    `environment` LowCardinality(String),
    `function` AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    `version` AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    `region` AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    `team` AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    `provider` AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    `account` AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    `trigger` AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    `error_type` AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    `product` AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    `feature` AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    `customer` AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    `http_status` AggregateFunction(topK(200), UInt16) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (tenant, day, environment)
TTL day + toIntervalDay(31)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.suggestions_1d_mv TO coldburn.suggestions_1d
(
    `tenant` LowCardinality(String),
    `day` Date,
    `environment` LowCardinality(String),
    `function` AggregateFunction(topK(200), String),
    `version` AggregateFunction(topK(200), String),
    `region` AggregateFunction(topK(200), String),
    `team` AggregateFunction(topK(200), String),
    `provider` AggregateFunction(topK(200), String),
    `account` AggregateFunction(topK(200), String),
    `trigger` AggregateFunction(topK(200), String)
)
AS SELECT
    tenant,
    toDate(minute) AS day,
    environment,
    topKState(200)(toString(m.function)) AS function,
    topKState(200)(toString(m.version)) AS version,
    topKState(200)(toString(m.region)) AS region,
    topKState(200)(toString(m.team)) AS team,
    topKState(200)(toString(m.provider)) AS provider,
    topKState(200)(toString(m.account)) AS account,
    topKState(200)(toString(m.trigger)) AS trigger
FROM coldburn.invocations_1m AS m
GROUP BY
    tenant,
    day,
    environment;

CREATE MATERIALIZED VIEW coldburn.suggestions_1d_rows_mv TO coldburn.suggestions_1d
(
    `tenant` LowCardinality(String),
    `day` Date,
    `environment` LowCardinality(String),
    `error_type` AggregateFunction(topK(200), String),
    `product` AggregateFunction(topK(200), String),
    `feature` AggregateFunction(topK(200), String),
    `customer` AggregateFunction(topK(200), String),
    `http_status` AggregateFunction(topK(200), UInt16)
)
AS SELECT
    tenant,
    toDate(started_at) AS day,
    environment,
    topKState(200)(toString(i.error_type)) AS error_type,
    topKState(200)(toString(i.product)) AS product,
    topKState(200)(toString(i.feature)) AS feature,
    topKState(200)(i.customer) AS customer,
    topKState(200)(i.http_status) AS http_status
FROM coldburn.invocations AS i
GROUP BY
    tenant,
    day,
    environment;
