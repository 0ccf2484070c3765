-- SHOW CREATE of every table after all migrations on a single node.

CREATE TABLE coldburn.alerting_log
(
    `at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `event` Enum8('decided' = 1),
    `decided_until` DateTime('UTC')
)
ENGINE = ReplacingMergeTree(at)
ORDER BY event
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 8192;

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

CREATE TABLE coldburn.concurrency_1m
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `minute` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `running_max` UInt32 CODEC(T64, ZSTD(1)),
    `computed_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = ReplacingMergeTree(computed_at)
PARTITION BY toYYYYMM(minute)
ORDER BY (tenant, environment, function, minute)
TTL minute + toIntervalDay(95)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE TABLE coldburn.cost_rules
(
    `at` DateTime64(3, 'UTC'),
    `hash` String COMMENT 'SHA-256 of the rules',
    `rules` String COMMENT 'JSON as the server understood them' CODEC(ZSTD(1)),
    `program` String COMMENT 'version that read them'
)
ENGINE = MergeTree
ORDER BY at
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 8192;

CREATE TABLE coldburn.counted_1h
(
    `tenant` LowCardinality(String),
    `metric` LowCardinality(String),
    `environment` LowCardinality(String) COMMENT 'empty: the provider does not know it',
    `function` LowCardinality(String),
    `hour` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `source` LowCardinality(String),
    `region` LowCardinality(String),
    `account` LowCardinality(String),
    `kind` Enum8('count' = 1, 'running' = 2, 'level' = 3),
    `series` UInt64 COMMENT 'of counters that run on they are not told apart: those are read point by point' CODEC(ZSTD(1)),
    `value` SimpleAggregateFunction(sum, Float64) COMMENT 'means something for counts only' CODEC(ZSTD(1)),
    `points` SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    `minutes` SimpleAggregateFunction(groupBitOr, UInt64) COMMENT 'a bit for each minute told of, the first the lowest' CODEC(ZSTD(1)),
    `reaches_back` SimpleAggregateFunction(max, Bool) COMMENT 'some point covers more than the minute it stands in'
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(hour)
PRIMARY KEY (tenant, metric, environment, function, hour)
ORDER BY (tenant, metric, environment, function, hour, source, region, account, kind, series)
TTL hour + toIntervalDay(95)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.counted_1h_mv TO coldburn.counted_1h
(
    `tenant` LowCardinality(String),
    `metric` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `hour` DateTime('UTC'),
    `source` LowCardinality(String),
    `region` LowCardinality(String),
    `account` LowCardinality(String),
    `kind` Enum8('count' = 1, 'running' = 2, 'level' = 3),
    `series` UInt64,
    `value` Float64,
    `points` UInt64,
    `minutes` UInt64,
    `reaches_back` UInt8
)
AS SELECT
    tenant,
    metric,
    environment,
    function,
    toStartOfHour(minute) AS hour,
    source,
    region,
    account,
    kind,
    if(kind = 'running', 0, series) AS series,
    sum(c.value) AS value,
    count() AS points,
    groupBitOr(bitShiftLeft(toUInt64(1), toMinute(minute))) AS minutes,
    max((kind = 'running') OR ((toUnixTimestamp64Nano(started_at) > 0) AND (toDateTime(started_at, 'UTC') < minute))) AS reaches_back
FROM coldburn.provider_counts AS c
WHERE (alias = '') AND (version = '')
GROUP BY ALL;

CREATE TABLE coldburn.dependencies_1m
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `minute` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `call` Enum8('none' = 0, 'out' = 1, 'in' = 2),
    `peer_kind` Enum8('none' = 0, 'database' = 1, 'http' = 2, 'queue' = 3, 'function' = 4, 'rpc' = 5, 'storage' = 6, 'other' = 7),
    `peer` LowCardinality(String),
    `operation` LowCardinality(String),
    `bucket` UInt16 CODEC(Delta(2), ZSTD(1)),
    `n` SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    `errors` SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    `retries` SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    `duration_ns` SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(minute)
PRIMARY KEY (tenant, environment, function, minute)
ORDER BY (tenant, environment, function, minute, call, peer_kind, peer, operation, bucket)
TTL minute + toIntervalDay(95)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.dependencies_1m_mv TO coldburn.dependencies_1m
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `minute` DateTime('UTC'),
    `call` Enum8('none' = 0, 'out' = 1, 'in' = 2),
    `peer_kind` Enum8('none' = 0, 'database' = 1, 'http' = 2, 'queue' = 3, 'function' = 4, 'rpc' = 5, 'storage' = 6, 'other' = 7),
    `peer` LowCardinality(String),
    `operation` LowCardinality(String),
    `bucket` UInt16,
    `n` UInt64,
    `errors` UInt64,
    `retries` UInt64,
    `duration_ns` UInt64
)
AS WITH
    intDiv(s.duration_ns, 1000) AS us,
    greatest(toInt64(bitShiftRight(reinterpretAsUInt64(toFloat64(us)), 52)) - 1030, 0) AS doublings
SELECT
    tenant,
    environment,
    function,
    toStartOfMinute(started_at) AS minute,
    call,
    peer_kind,
    peer,
    operation,
    toUInt16((doublings * 128) + toInt64(bitShiftRight(us, doublings))) AS bucket,
    count() AS n,
    countIf(status = 'error') AS errors,
    countIf(retry) AS retries,
    sum(s.duration_ns) AS duration_ns
FROM coldburn.spans AS s
WHERE call != 'none'
GROUP BY ALL;

CREATE TABLE coldburn.deployments
(
    `tenant` LowCardinality(String),
    `deployment_id` String,
    `recorded_at` DateTime64(3, 'UTC'),
    `event` Enum8('posted' = 1, 'deleted' = 2),
    `actor` LowCardinality(String) COMMENT 'id of the key that was used',
    `author` String COMMENT 'who says to have deployed or deleted',
    `reason` String COMMENT 'of a deletion',
    `function` LowCardinality(String),
    `environment` LowCardinality(String) COMMENT 'empty: in every environment',
    `version` String,
    `region` LowCardinality(String) COMMENT 'empty: in every region',
    `at` DateTime64(3, 'UTC'),
    `until` Nullable(DateTime64(3, 'UTC')) COMMENT 'end of the roll-out; null: not told',
    `source` Enum8('api' = 1, 'cli' = 2),
    `commit` String,
    `url` String,
    `notes` String
)
ENGINE = MergeTree
ORDER BY (tenant, deployment_id, recorded_at)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 8192;

CREATE TABLE coldburn.error_groups
(
    `tenant` LowCardinality(String),
    `fingerprint` UInt64,
    `type` SimpleAggregateFunction(anyLast, String),
    `title` SimpleAggregateFunction(anyLast, String) CODEC(ZSTD(1)),
    `culprit` SimpleAggregateFunction(anyLast, String) CODEC(ZSTD(1)),
    `functions` SimpleAggregateFunction(groupUniqArrayArray(50), Array(String)) COMMENT 'at most 50 of them' CODEC(ZSTD(1)),
    `first_seen` SimpleAggregateFunction(min, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    `last_seen` SimpleAggregateFunction(max, DateTime64(3, 'UTC')) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
ORDER BY (tenant, fingerprint)
TTL toDateTime(last_seen) + toIntervalDay(800)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.error_groups_mv TO coldburn.error_groups
(
    `tenant` LowCardinality(String),
    `fingerprint` UInt64,
    `type` String,
    `title` String,
    `culprit` String,
    `functions` Array(String),
    `first_seen` DateTime64(3, 'UTC'),
    `last_seen` DateTime64(3, 'UTC')
)
AS SELECT
    tenant,
    fingerprint,
    anyLast(e.type) AS type,
    anyLast(e.title) AS title,
    anyLast(e.culprit) AS culprit,
    groupUniqArray(50)(toString(function)) AS functions,
    min(toDateTime64(at, 3, 'UTC')) AS first_seen,
    max(toDateTime64(at, 3, 'UTC')) AS last_seen
FROM coldburn.span_errors AS e
GROUP BY
    tenant,
    fingerprint;

CREATE TABLE coldburn.errors_1m
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `fingerprint` UInt64 CODEC(ZSTD(1)),
    `minute` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `version` LowCardinality(String),
    `spans` SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    `logs` SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    `escaped` SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(minute)
PRIMARY KEY (tenant, minute)
ORDER BY (tenant, minute, environment, function, fingerprint, version)
TTL minute + toIntervalDay(95)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.errors_1m_mv TO coldburn.errors_1m
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `fingerprint` UInt64,
    `minute` DateTime('UTC'),
    `version` LowCardinality(String),
    `spans` UInt64,
    `logs` UInt64,
    `escaped` UInt64
)
AS SELECT
    tenant,
    environment,
    function,
    fingerprint,
    toStartOfMinute(at) AS minute,
    version,
    countIf(source = 'span') AS spans,
    countIf(source = 'log') AS logs,
    countIf(e.escaped) AS escaped
FROM coldburn.span_errors AS e
GROUP BY ALL;

CREATE TABLE coldburn.function_versions
(
    `tenant` LowCardinality(String),
    `function` LowCardinality(String),
    `environment` LowCardinality(String),
    `region` LowCardinality(String),
    `version` String,
    `first_at` SimpleAggregateFunction(min, DateTime64(9, 'UTC')) CODEC(ZSTD(1)),
    `last_at` SimpleAggregateFunction(max, DateTime64(9, 'UTC')) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
ORDER BY (tenant, function, environment, region, version)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.function_versions_mv TO coldburn.function_versions
(
    `tenant` LowCardinality(String),
    `function` LowCardinality(String),
    `environment` LowCardinality(String),
    `region` LowCardinality(String),
    `version` LowCardinality(String),
    `first_at` DateTime64(9, 'UTC'),
    `last_at` DateTime64(9, 'UTC')
)
AS SELECT
    tenant,
    function,
    environment,
    region,
    version,
    min(started_at) AS first_at,
    max(started_at) AS last_at
FROM coldburn.invocations
WHERE version != ''
GROUP BY
    tenant,
    function,
    environment,
    region,
    version;

CREATE TABLE coldburn.incident_events
(
    `tenant` LowCardinality(String),
    `incident` String,
    `sequence` UInt32 COMMENT 'order within the incident; two writers at one time may give the same number',
    `event_id` String,
    `kind` LowCardinality(String),
    `at` DateTime64(3, 'UTC') COMMENT 'what the event is about; appended_at is when it was written',
    `appended_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `body` String COMMENT 'the whole event as JSON, see schemas/alerting/incident-event.ts' CODEC(ZSTD(1)),
    INDEX by_arrival appended_at TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (tenant, incident, sequence, event_id)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 8192;

CREATE TABLE coldburn.invocations
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `started_at` DateTime64(9, 'UTC') CODEC(GCD, Delta(8), ZSTD(1)),
    `duration_ns` UInt64 CODEC(GCD, T64, ZSTD(1)),
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
    `answered_errors` SimpleAggregateFunction(sum, Int64) COMMENT 'failed only by the HTTP status they answered: no provider counts them, since to it they ran well' CODEC(T64, ZSTD(1)),
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
    `answered_errors` Int64,
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
    sum(sign * ((outcome = 'error') AND (http_status >= 500) AND (error_type = toString(http_status)))) AS answered_errors,
    max(toUInt32(intDiv((toUnixTimestamp64Nano(started_at) % 60000000000) + toInt64(i.duration_ns), 1000000000))) AS ended_after_s
FROM coldburn.invocations AS i
GROUP BY ALL;

CREATE TABLE coldburn.latency_1d
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `day` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
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
PARTITION BY toYear(day)
PRIMARY KEY (tenant, environment, function, day)
ORDER BY (tenant, environment, function, day, version, region, team, provider, cold, failed, weight, bucket)
TTL day + toIntervalDay(800)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.latency_1d_mv TO coldburn.latency_1d
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `day` DateTime('UTC'),
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
    toStartOfDay(hour) AS day,
    version,
    region,
    team,
    provider,
    cold,
    failed,
    weight,
    bucket,
    sum(n) AS n
FROM coldburn.latency_1h
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

CREATE TABLE coldburn.notices
(
    `tenant` LowCardinality(String),
    `thread` String,
    `sequence` UInt32 COMMENT 'place in the thread',
    `notice` String COMMENT 'idempotency key',
    `event` Enum8('planned' = 1, 'failed' = 2, 'sent' = 3, 'given-up' = 4),
    `at` DateTime64(3, 'UTC'),
    `receiver` LowCardinality(String),
    `kind` LowCardinality(String),
    `attempt` UInt32,
    `next_at` Nullable(DateTime64(3, 'UTC')) COMMENT 'of a failed attempt: not tried again before',
    `duration_ms` UInt32,
    `says` String COMMENT 'what the receiver answered',
    `reference` String COMMENT 'what the receiver calls the thread, such as the number of an issue',
    `plan` String COMMENT 'of planned: who and what it is about, as JSON' CODEC(ZSTD(1)),
    `body` String COMMENT 'of planned: the notice as JSON, see schemas/alerting/notice.ts' CODEC(ZSTD(1)),
    INDEX by_time at TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (tenant, thread, sequence, notice, event, at)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 8192;

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

CREATE TABLE coldburn.provider_counts
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String) COMMENT 'empty: the provider does not know it',
    `function` LowCardinality(String),
    `metric` LowCardinality(String) COMMENT 'the same name whoever counts: invocations, errors, throttles, …',
    `minute` DateTime('UTC') COMMENT 'in which what was counted ended' CODEC(Delta(4), ZSTD(1)),
    `source` LowCardinality(String),
    `region` LowCardinality(String),
    `account` LowCardinality(String),
    `alias` LowCardinality(String) COMMENT 'only a part of the function: what was called by this alias or version; empty: all of it',
    `version` LowCardinality(String) COMMENT 'only a part of the function: what this version ran; empty: all of it',
    `series` UInt64 CODEC(ZSTD(1)),
    `kind` Enum8('count' = 1, 'running' = 2, 'level' = 3) COMMENT 'count: of a period; running: since started_at; level: the highest in a period',
    `started_at` DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `at` DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `value` Float64 CODEC(ZSTD(1)),
    `received_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = ReplacingMergeTree(received_at)
PARTITION BY toYYYYMM(minute)
PRIMARY KEY (tenant, metric, environment, function, minute)
ORDER BY (tenant, metric, environment, function, minute, source, region, account, alias, version, series, started_at, at)
TTL minute + toIntervalDay(95)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.provider_counts_cloudwatch_mv TO coldburn.provider_counts
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` String,
    `metric` String,
    `minute` DateTime('UTC'),
    `source` String,
    `region` String,
    `account` String,
    `alias` String,
    `version` String,
    `series` UInt8,
    `kind` String,
    `started_at` DateTime64(9, 'UTC'),
    `at` DateTime64(9, 'UTC'),
    `value` Float64,
    `received_at` DateTime64(3, 'UTC')
)
AS WITH
    substring(m.metric, 26) AS name,
    transform(name, ['Invocations', 'Errors', 'Throttles', 'DeadLetterErrors', 'DestinationDeliveryFailures', 'OversizedRecordCount', 'ProvisionedConcurrencyInvocations', 'ProvisionedConcurrencySpilloverInvocations', 'RecursiveInvocationsDropped', 'AsyncEventsReceived', 'AsyncEventsDropped'], ['invocations', 'errors', 'throttles', 'dead_letter_errors', 'destination_delivery_failures', 'oversized_records', 'provisioned_invocations', 'provisioned_spillover_invocations', 'recursive_invocations_dropped', 'async_events_received', 'async_events_dropped'], '') AS counted,
    transform(name, ['ConcurrentExecutions', 'ProvisionedConcurrentExecutions', 'ProvisionedConcurrencyUtilization', 'IteratorAge', 'AsyncEventAge', 'OffsetLag'], ['concurrent_executions', 'provisioned_concurrent_executions', 'provisioned_utilization_ratio', 'iterator_age_ms', 'async_event_age_ms', 'offset_lag'], '') AS highest,
    dimensions['Resource'] AS called
SELECT
    tenant,
    environment,
    dimensions['FunctionName'] AS function,
    if(counted != '', counted, highest) AS metric,
    toStartOfMinute(toDateTime(m.at - toIntervalNanosecond(1), 'UTC')) AS minute,
    'cloudwatch' AS source,
    resource['cloud.region'] AS region,
    resource['cloud.account.id'] AS account,
    if(position(called, ':') > 0, substring(called, position(called, ':') + 1), if(called = '', '', '$LATEST')) AS alias,
    dimensions['ExecutedVersion'] AS version,
    0 AS series,
    if(counted != '', 'count', 'level') AS kind,
    started_at,
    at,
    if(counted != '', ifNull(sum, 0), arrayMax(q -> if((q.1) = 1, q.2, -inf), quantiles)) AS value,
    received_at
FROM coldburn.metric_points AS m
WHERE startsWith(m.metric, 'amazonaws.com/AWS/Lambda/') AND (m.kind = 'summary') AND (NOT no_value) AND ((counted != '') OR ((highest != '') AND arrayExists(q -> ((q.1) = 1), quantiles))) AND ((dimensions['FunctionName']) != '') AND arrayAll(key -> (key IN ('FunctionName', 'Resource', 'ExecutedVersion')), mapKeys(dimensions));

CREATE MATERIALIZED VIEW coldburn.provider_counts_counters_mv TO coldburn.provider_counts
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` String,
    `metric` String,
    `minute` DateTime('UTC'),
    `source` String,
    `region` String,
    `account` String,
    `alias` String,
    `version` String,
    `series` UInt64,
    `kind` String,
    `started_at` DateTime64(9, 'UTC'),
    `at` DateTime64(9, 'UTC'),
    `value` Float64,
    `received_at` DateTime64(3, 'UTC')
)
AS WITH
    multiIf(startsWith(m.metric, 'faas.'), 'faas', startsWith(m.metric, 'kn.'), 'knative', startsWith(m.metric, 'run.') OR startsWith(m.metric, 'cloudfunctions.'), 'gcp', 'azure') AS told_by,
    attributes['status'] AS status,
    if((attributes['response_code_class']) != '', attributes['response_code_class'], if((attributes['http.response.status_code']) != '', attributes['http.response.status_code'], attributes['response_code'])) AS answer,
    startsWith(answer, '5') AS failed_answer,
    multiIf(m.metric = 'faas.invocations', ['invocations'], m.metric = 'faas.errors', ['invocations', 'errors'], m.metric = 'faas.timeouts', ['invocations', 'errors', 'timeouts'], m.metric = 'faas.coldstarts', ['cold_starts'], m.metric = 'cloudfunctions.googleapis.com/function/execution_count', multiIf((status IN ('', 'ok')), ['invocations'], status = 'timeout', ['invocations', 'errors', 'timeouts'], ['invocations', 'errors']), (m.metric = 'run.googleapis.com/request_count') AND (answer = '429'), ['throttles'], (told_by IN ('gcp', 'knative')) AND failed_answer, ['invocations', 'errors'], ['invocations']) AS counts_as,
    multiIf(told_by = 'knative', [attributes['kn.service.name'], resource['kn.service.name'], m.function], told_by = 'gcp', [resource['function_name'], resource['service_name'], m.function], told_by = 'azure', [attributes['name'], m.function], [toString(m.function)]) AS named
SELECT
    tenant,
    environment,
    arrayFirst(text -> (text != ''), named) AS function,
    arrayJoin(counts_as) AS metric,
    toStartOfMinute(toDateTime(m.at - toIntervalNanosecond(1), 'UTC')) AS minute,
    told_by AS source,
    arrayFirst(text -> (text != ''), [resource['cloud.region'], resource['faas.invoked_region'], resource['location'], attributes['location']]) AS region,
    arrayFirst(text -> (text != ''), [resource['cloud.account.id'], resource['project_id']]) AS account,
    '' AS alias,
    '' AS version,
    cityHash64(m.metric, m.service, arraySort(mapKeys(resource)), arrayMap(key -> (resource[key]), arraySort(mapKeys(resource))), arraySort(mapKeys(attributes)), arrayMap(key -> (attributes[key]), arraySort(mapKeys(attributes)))) AS series,
    if(temporality = 'cumulative', 'running', 'count') AS kind,
    started_at,
    at,
    if((m.kind = 'histogram') OR (m.kind = 'exponential_histogram'), toFloat64(count), ifNull(m.value, 0)) AS value,
    received_at
FROM coldburn.metric_points AS m
WHERE (m.metric IN ('faas.invocations', 'faas.errors', 'faas.timeouts', 'faas.coldstarts', 'kn.serving.invocation.duration', 'run.googleapis.com/request_count', 'cloudfunctions.googleapis.com/function/execution_count', 'FunctionExecutionCount', 'OnDemandFunctionExecutionCount', 'AlwaysReadyFunctionExecutionCount', 'azure_functionexecutioncount_total', 'azure_ondemandfunctionexecutioncount_total', 'azure_alwaysreadyfunctionexecutioncount_total')) AND (NOT no_value) AND arrayExists(text -> (text != ''), named);

CREATE TABLE coldburn.queue_depths
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `queue` LowCardinality(String),
    `measure` LowCardinality(String) COMMENT 'depth, inFlight, ageMs: levels; sent, received: of the minute',
    `minute` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `series` UInt64 COMMENT 'a region, partition, node or state: figures of several add up' CODEC(ZSTD(1)),
    `system` LowCardinality(String),
    `figure` Float64 CODEC(ZSTD(1)),
    `at` DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = ReplacingMergeTree(at)
PARTITION BY toYYYYMM(minute)
PRIMARY KEY (tenant, environment, queue, measure, minute)
ORDER BY (tenant, environment, queue, measure, minute, series)
TTL minute + toIntervalDay(95)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.queue_depths_mv TO coldburn.queue_depths
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `queue` String,
    `measure` String,
    `minute` DateTime('UTC'),
    `series` UInt64,
    `system` String,
    `figure` Float64,
    `at` DateTime64(9, 'UTC')
)
AS WITH
    transform(m.metric, ['amazonaws.com/AWS/SQS/ApproximateNumberOfMessagesVisible', 'amazonaws.com/AWS/SQS/ApproximateNumberOfMessagesNotVisible', 'amazonaws.com/AWS/SQS/ApproximateAgeOfOldestMessage', 'amazonaws.com/AWS/SQS/NumberOfMessagesSent', 'amazonaws.com/AWS/SQS/NumberOfMessagesReceived', 'kn.serving.queue.depth', 'rabbitmq.message.current', 'kafka.consumer_group.lag', 'pubsub.googleapis.com/subscription/num_undelivered_messages', 'pubsub.googleapis.com/subscription/oldest_unacked_message_age'], ['depth', 'inFlight', 'ageSeconds', 'sent', 'received', 'depth', 'depth', 'depth', 'depth', 'ageSeconds'], '') AS told,
    startsWith(m.metric, 'amazonaws.com/') AS is_sqs,
    arrayFirst(text -> (text != ''), multiIf(is_sqs, [dimensions['QueueName']], startsWith(m.metric, 'kn.'), [attributes['kn.service.name'], resource['kn.service.name']], startsWith(m.metric, 'rabbitmq.'), [resource['rabbitmq.queue.name'], attributes['rabbitmq.queue.name']], startsWith(m.metric, 'kafka.'), [attributes['topic']], [resource['subscription_id'], attributes['subscription_id']])) AS named
SELECT
    tenant,
    environment,
    named AS queue,
    if(told = 'ageSeconds', 'ageMs', told) AS measure,
    toStartOfMinute(toDateTime(m.at - toIntervalNanosecond(1), 'UTC')) AS minute,
    cityHash64(mapKeys(resource), mapValues(resource), mapKeys(attributes), mapValues(attributes)) AS series,
    multiIf(is_sqs, 'aws_sqs', startsWith(m.metric, 'rabbitmq.'), 'rabbitmq', startsWith(m.metric, 'kafka.'), 'kafka', startsWith(m.metric, 'pubsub.'), 'gcp_pubsub', '') AS system,
    multiIf(m.kind != 'summary', ifNull(m.value, 0.), (told IN ('sent', 'received')), ifNull(m.sum, 0.), arrayMax(q -> if((q.1) = 1, q.2, 0.), m.quantiles)) * if(told = 'ageSeconds', 1000., 1.) AS figure,
    m.at AS at
FROM coldburn.metric_points AS m
WHERE (told != '') AND (NOT no_value) AND (named != '');

CREATE TABLE coldburn.queue_flow_1m
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `queue` LowCardinality(String),
    `minute` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `system` LowCardinality(String),
    `service` LowCardinality(String) COMMENT 'who sent or took them',
    `side` Enum8('sent' = 1, 'taken' = 2),
    `messages` SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    `failed` SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    `sample` SimpleAggregateFunction(max, Tuple(
        DateTime64(9, 'UTC'),
        String,
        FixedString(16))) COMMENT 'time, message id and trace of the latest one that has an id' CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(minute)
PRIMARY KEY (tenant, environment, queue, minute)
ORDER BY (tenant, environment, queue, minute, system, service, side)
TTL minute + toIntervalDay(95)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.queue_flow_1m_mv TO coldburn.queue_flow_1m
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `queue` String,
    `minute` DateTime('UTC'),
    `system` String,
    `service` LowCardinality(String),
    `side` String,
    `messages` UInt64,
    `failed` UInt64,
    `sample` Tuple(
        DateTime64(9, 'UTC'),
        String,
        FixedString(16))
)
AS SELECT
    tenant,
    environment,
    queue,
    minute,
    system,
    service,
    side,
    sum(many) AS messages,
    sum(if(has_failed, many, 0)) AS failed,
    max((if(message_id = '', fromUnixTimestamp64Nano(0, 'UTC'), started_at), message_id, trace_id)) AS sample
FROM
(
    WITH
        JSONExtract(attribute_keys, 'Array(String)') AS names,
        JSONExtract(attribute_values, 'Array(String)') AS texts,
        if(has(names, 'messaging.destination.name'), texts[indexOf(names, 'messaging.destination.name')], texts[indexOf(names, 'messaging.destination')]) AS destination
    SELECT
        tenant,
        environment,
        destination AS queue,
        toStartOfMinute(started_at) AS minute,
        texts[indexOf(names, 'messaging.system')] AS system,
        service,
        if(kind = 'producer', 'sent', 'taken') AS side,
        greatest(1, toUInt64OrZero(texts[indexOf(names, 'messaging.batch.message_count')])) AS many,
        status = 'error' AS has_failed,
        if(has(names, 'messaging.message.id'), texts[indexOf(names, 'messaging.message.id')], texts[indexOf(names, 'messaging.message_id')]) AS message_id,
        started_at,
        trace_id
    FROM coldburn.spans
    WHERE (kind IN ('producer', 'consumer')) AND (position(attribute_keys, '"messaging.destination') > 0)
)
WHERE queue != ''
GROUP BY ALL;

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

CREATE TABLE coldburn.seen_1h
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `hour` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `region` LowCardinality(String),
    `account` LowCardinality(String),
    `weight` Float64,
    `runs` SimpleAggregateFunction(sum, Int64) COMMENT 'all but throttled and rejected calls' CODEC(T64, ZSTD(1)),
    `ok` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `answered_errors` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `minutes` SimpleAggregateFunction(groupBitOr, UInt64) COMMENT 'a bit for each minute with any row, the first the lowest' CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(hour)
PRIMARY KEY (tenant, environment, function, hour)
ORDER BY (tenant, environment, function, hour, region, account, weight)
TTL hour + toIntervalDay(95)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.seen_1h_mv TO coldburn.seen_1h
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `hour` DateTime('UTC'),
    `region` LowCardinality(String),
    `account` LowCardinality(String),
    `weight` Float64,
    `runs` Int64,
    `ok` Int64,
    `answered_errors` Int64,
    `minutes` UInt64
)
AS SELECT
    tenant,
    environment,
    function,
    toStartOfHour(minute) AS hour,
    region,
    account,
    weight,
    sumIf(n, (outcome NOT IN ('throttled', 'rejected'))) AS runs,
    sumIf(n, outcome = 'ok') AS ok,
    sum(m.answered_errors) AS answered_errors,
    groupBitOr(bitShiftLeft(toUInt64(1), toMinute(minute))) AS minutes
FROM coldburn.invocations_1m AS m
GROUP BY ALL;

CREATE TABLE coldburn.settle_batches
(
    `batch` String,
    `created_at` DateTime('UTC'),
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `started_at` DateTime64(9, 'UTC'),
    `duration_ns` UInt64,
    `outcome` Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    `cold` Bool,
    `init_ns` UInt64,
    `provider` LowCardinality(String),
    `platform` LowCardinality(String),
    `region` LowCardinality(String),
    `account` LowCardinality(String),
    `team` LowCardinality(String),
    `version` LowCardinality(String),
    `alias` LowCardinality(String),
    `arch` LowCardinality(String),
    `instance` String,
    `trigger` LowCardinality(String),
    `memory_bytes` UInt64,
    `memory_used_bytes` UInt64,
    `http_status` UInt16,
    `error_type` LowCardinality(String),
    `error_message` String,
    `error_fingerprint` UInt64,
    `invocation_id` String,
    `delivery_id` String,
    `event_age_ms` Nullable(UInt32),
    `payload_bytes` Nullable(UInt32),
    `product` LowCardinality(String),
    `feature` LowCardinality(String),
    `customer` String,
    `tags` Map(LowCardinality(String), String),
    `weight` Float64,
    `billing` LowCardinality(String),
    `billed_ms` UInt64,
    `billed_memory_mb` UInt32,
    `billed_cpu_us` UInt64,
    `request_units` UInt32,
    `source` Enum8('span' = 0, 'report' = 1, 'inferred' = 2),
    `reported` Bool,
    `attempt` UInt16,
    `superseded` Bool,
    `duplicate` Bool,
    `trace_id` FixedString(16),
    `span_id` FixedString(8),
    `parent_span_id` FixedString(8),
    `received_at` DateTime64(3, 'UTC'),
    `revision` UInt16,
    `sign` Int8
)
ENGINE = MergeTree
PARTITION BY toStartOfHour(created_at)
ORDER BY (batch, tenant, environment, function, started_at, span_id, revision, sign)
TTL created_at + toIntervalHour(6)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, merge_with_ttl_timeout = 600, index_granularity = 8192;

CREATE TABLE coldburn.settle_facts
(
    `inserted_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `key` UInt64 CODEC(ZSTD(1)),
    `run` UInt64 CODEC(ZSTD(1)),
    `kind` Enum8('run' = 0, 'report' = 1, 'made' = 2, 'work' = 3),
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `started_at` DateTime64(9, 'UTC') COMMENT 'of a report: when it was written' CODEC(Delta(8), ZSTD(1)),
    `duration_ns` UInt64 CODEC(T64, ZSTD(1)),
    `span_id` FixedString(8) CODEC(ZSTD(1)),
    `outcome` Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    `error_type` LowCardinality(String),
    `error_message` String CODEC(ZSTD(1)),
    `cold` Bool,
    `init_ns` UInt64 CODEC(T64, ZSTD(1)),
    `memory_bytes` UInt64 CODEC(T64, ZSTD(1)),
    `memory_used_bytes` UInt64 CODEC(T64, ZSTD(1)),
    `billed_ms` UInt64 CODEC(T64, ZSTD(1)),
    `attempt` UInt16 DEFAULT 1 CODEC(ZSTD(1)),
    `source` Enum8('span' = 0, 'report' = 1, 'inferred' = 2) DEFAULT 'span',
    `invocation_id` String COMMENT 'not of runs' CODEC(ZSTD(1)),
    `delivery_id` String CODEC(ZSTD(1)),
    `is_link` Bool MATERIALIZED (run != 0) AND (run != key) COMMENT 'by it, what the platform says of an invocation finds the request that it belongs to'
)
ENGINE = MergeTree
PARTITION BY toYYYYMMDD(inserted_at)
ORDER BY inserted_at
TTL toDateTime(inserted_at) + toIntervalDay(4)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, min_bytes_for_wide_part = 134217728, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.settle_facts_of_child_spans TO coldburn.settle_facts
(
    `inserted_at` DateTime64(3, 'UTC'),
    `key` UInt64,
    `run` UInt64,
    `kind` String,
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` String,
    `started_at` DateTime64(9, 'UTC'),
    `duration_ns` UInt64,
    `source` String,
    `invocation_id` String
)
AS SELECT
    now64(3, 'UTC') AS inserted_at,
    cityHash64(tenant, function, invocation_id) AS key,
    key AS run,
    'work' AS kind,
    tenant,
    environment,
    function,
    min(started_at) AS started_at,
    toUInt64(max(toUnixTimestamp64Nano(i.started_at) + toInt64(i.duration_ns)) - toUnixTimestamp64Nano(min(i.started_at))) AS duration_ns,
    'inferred' AS source,
    invocation_id
FROM
(
    SELECT
        tenant,
        environment,
        if(function != '', function, service) AS function,
        started_at,
        duration_ns,
        JSONExtract(attribute_values, 'Array(String)')[indexOf(JSONExtract(attribute_keys, 'Array(String)'), 'faas.invocation_id')] AS invocation_id
    FROM coldburn.spans
    WHERE (kind NOT IN ('server', 'consumer')) AND (position(attribute_keys, '"faas.invocation_id"') > 0)
) AS i
WHERE invocation_id != ''
GROUP BY
    tenant,
    environment,
    function,
    invocation_id;

CREATE MATERIALIZED VIEW coldburn.settle_facts_of_invocations TO coldburn.settle_facts
(
    `inserted_at` DateTime64(3, 'UTC'),
    `key` UInt64,
    `run` UInt64,
    `kind` String,
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `started_at` DateTime64(9, 'UTC'),
    `duration_ns` UInt64,
    `span_id` FixedString(8),
    `outcome` Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    `error_type` LowCardinality(String),
    `error_message` String,
    `cold` Bool,
    `init_ns` UInt64,
    `memory_bytes` UInt64,
    `memory_used_bytes` UInt64,
    `billed_ms` UInt64,
    `attempt` UInt16,
    `source` Enum8('span' = 0, 'report' = 1, 'inferred' = 2),
    `invocation_id` String,
    `delivery_id` String
)
AS SELECT
    now64(3, 'UTC') AS inserted_at,
    cityHash64(tenant, function, multiIf(i.delivery_id != '', i.delivery_id, i.invocation_id != '', i.invocation_id, toString(span_id))) AS key,
    if(i.invocation_id = '', 0, cityHash64(tenant, function, i.invocation_id)) AS run,
    if(source = 'span', 'run', 'made') AS kind,
    tenant,
    environment,
    function,
    started_at,
    duration_ns,
    span_id,
    outcome,
    error_type,
    error_message,
    cold,
    init_ns,
    memory_bytes,
    memory_used_bytes,
    billed_ms,
    attempt,
    source,
    '' AS invocation_id,
    delivery_id
FROM coldburn.invocations AS i
WHERE (sign = 1) AND (revision = 0);

CREATE MATERIALIZED VIEW coldburn.settle_facts_of_logs TO coldburn.settle_facts
(
    `inserted_at` DateTime64(3, 'UTC'),
    `key` UInt64,
    `run` UInt64,
    `kind` String,
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `started_at` DateTime64(9, 'UTC'),
    `duration_ns` UInt64,
    `invocation_id` String
)
AS SELECT
    now64(3, 'UTC') AS inserted_at,
    cityHash64(tenant, function, invocation_id) AS key,
    key AS run,
    'work' AS kind,
    tenant,
    environment,
    function,
    min(at) AS started_at,
    toUInt64(dateDiff('nanosecond', min(at), max(at))) AS duration_ns,
    invocation_id
FROM coldburn.logs
WHERE (invocation_id != '') AND (function != '')
GROUP BY
    tenant,
    environment,
    function,
    invocation_id;

CREATE MATERIALIZED VIEW coldburn.settle_facts_of_reports TO coldburn.settle_facts
(
    `inserted_at` DateTime64(3, 'UTC'),
    `key` UInt64,
    `run` UInt64,
    `kind` String,
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `started_at` DateTime64(9, 'UTC'),
    `duration_ns` UInt64,
    `span_id` FixedString(8),
    `outcome` Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    `error_type` LowCardinality(String),
    `error_message` String,
    `cold` UInt8,
    `init_ns` UInt64,
    `memory_bytes` UInt64,
    `memory_used_bytes` UInt64,
    `billed_ms` UInt64,
    `invocation_id` String
)
AS SELECT
    now64(3, 'UTC') AS inserted_at,
    cityHash64(tenant, function, invocation_id) AS key,
    key AS run,
    'report' AS kind,
    tenant,
    environment,
    function,
    at AS started_at,
    duration_ns,
    span_id,
    outcome,
    error_type,
    error_message,
    init_ns > 0 AS cold,
    init_ns,
    memory_bytes,
    memory_used_bytes,
    billed_ms,
    invocation_id
FROM coldburn.platform_reports
WHERE invocation_id != '';

CREATE TABLE coldburn.settle_log
(
    `at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `event` Enum8('applied' = 1, 'seen' = 2),
    `batch` String CODEC(ZSTD(1)),
    `seen_until` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMMDD(at)
ORDER BY (event, at)
TTL toDateTime(at) + toIntervalDay(7)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE TABLE coldburn.settle_wanted
(
    `batch` String CODEC(ZSTD(1)),
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `started_at` DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `span_id` FixedString(8) CODEC(ZSTD(1)),
    `wanted` Bool COMMENT 'false: no such row should be',
    `to_source` Enum8('span' = 0, 'report' = 1, 'inferred' = 2),
    `to_outcome` Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    `to_error_type` LowCardinality(String),
    `to_error_message` String CODEC(ZSTD(1)),
    `to_cold` Bool,
    `to_init_ns` UInt64 CODEC(T64, ZSTD(1)),
    `to_memory_bytes` UInt64 CODEC(T64, ZSTD(1)),
    `to_memory_used_bytes` UInt64 CODEC(T64, ZSTD(1)),
    `to_billed_ms` UInt64 CODEC(T64, ZSTD(1)),
    `to_reported` Bool,
    `to_attempt` UInt16 CODEC(ZSTD(1)),
    `to_superseded` Bool,
    `to_duplicate` Bool,
    `made_duration_ns` UInt64 COMMENT 'of rows that settling makes: this and what follows' CODEC(T64, ZSTD(1)),
    `made_invocation_id` String CODEC(ZSTD(1)),
    `made_delivery_id` String CODEC(ZSTD(1)),
    `made_report_at` DateTime64(9, 'UTC') COMMENT 'the report it is made of' CODEC(Delta(8), ZSTD(1)),
    `made_report_environment` LowCardinality(String),
    `created_at` DateTime('UTC') DEFAULT now('UTC') CODEC(Delta(4), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toStartOfHour(created_at)
ORDER BY batch
TTL created_at + toIntervalHour(1)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, merge_with_ttl_timeout = 600, index_granularity = 8192;

CREATE TABLE coldburn.shared_time_1h
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `hour` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `saved` Array(Tuple(
        minute DateTime('UTC'),
        version String,
        alias String,
        region String,
        team String,
        provider String,
        account String,
        arch String,
        trigger String,
        billing String,
        billed_memory_mb UInt32,
        cold Bool,
        outcome String,
        product String,
        feature String,
        customer String,
        tags String,
        ms Int64)) COMMENT 'milliseconds that are billed once though several runs used them, by minute of start' CODEC(ZSTD(1)),
    `computed_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = ReplacingMergeTree(computed_at)
PARTITION BY toYYYYMM(hour)
ORDER BY (tenant, environment, function, hour)
TTL hour + toIntervalDay(800)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE TABLE coldburn.silences
(
    `tenant` LowCardinality(String),
    `silence` String,
    `event` Enum8('made' = 1, 'ended' = 2),
    `at` DateTime64(3, 'UTC'),
    `actor` LowCardinality(String) COMMENT 'id of the key that was used',
    `author` String COMMENT 'who says to have made or ended it',
    `reason` String,
    `match` String COMMENT 'patterns by label, as JSON; empty of an end',
    `starts_at` DateTime64(3, 'UTC'),
    `ends_at` DateTime64(3, 'UTC'),
    `recurrence` String COMMENT 'as JSON; empty when it holds all the time'
)
ENGINE = MergeTree
ORDER BY (tenant, silence, at)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 8192;

CREATE TABLE coldburn.slo_corrections
(
    `tenant` LowCardinality(String),
    `correction` String,
    `at` DateTime64(3, 'UTC') COMMENT 'when it was said',
    `event` Enum8('put' = 1, 'delete' = 2),
    `definition` String COMMENT 'JSON as it was posted; empty of a deletion',
    `author` String COMMENT 'who is said to have said so',
    `actor` String COMMENT 'id of the key it came with',
    `reason` String
)
ENGINE = MergeTree
ORDER BY (tenant, correction, at)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 8192;

CREATE TABLE coldburn.slo_ledger_1d
(
    `tenant` LowCardinality(String),
    `series` UInt64 DEFAULT reinterpretAsUInt64(SHA256(concat(slo, ' ', shape))),
    `slo` LowCardinality(String),
    `shape` LowCardinality(String),
    `scope` LowCardinality(String),
    `day` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `good` UInt64 CODEC(T64, ZSTD(1)),
    `total` UInt64 CODEC(T64, ZSTD(1)),
    `computed_ms` UInt64 CODEC(Delta(8), ZSTD(1))
)
ENGINE = ReplacingMergeTree(computed_ms)
PARTITION BY toYYYYMM(day)
ORDER BY (tenant, series, scope, day)
TTL day + toIntervalDay(800)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE TABLE coldburn.slo_ledger_1h
(
    `tenant` LowCardinality(String),
    `series` UInt64 DEFAULT reinterpretAsUInt64(SHA256(concat(slo, ' ', shape))),
    `slo` LowCardinality(String),
    `shape` LowCardinality(String),
    `scope` LowCardinality(String),
    `hour` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `good` UInt64 CODEC(T64, ZSTD(1)),
    `total` UInt64 CODEC(T64, ZSTD(1)),
    `computed_ms` UInt64 CODEC(Delta(8), ZSTD(1))
)
ENGINE = ReplacingMergeTree(computed_ms)
PARTITION BY toYYYYMM(hour)
ORDER BY (tenant, toStartOfDay(hour), series, scope, hour)
TTL hour + toIntervalDay(800)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 1024, min_compress_block_size = 16384;

CREATE TABLE coldburn.slo_ledger_1m
(
    `tenant` LowCardinality(String),
    `series` UInt64 DEFAULT reinterpretAsUInt64(SHA256(concat(slo, ' ', shape))) COMMENT 'names objective and shape',
    `slo` LowCardinality(String),
    `shape` LowCardinality(String),
    `scope` LowCardinality(String) COMMENT 'value of the dimension there is one objective for each of; else empty',
    `minute` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `good` UInt64 CODEC(T64, ZSTD(1)),
    `total` UInt64 CODEC(T64, ZSTD(1)),
    `computed_ms` UInt64 CODEC(Delta(8), ZSTD(1))
)
ENGINE = ReplacingMergeTree(computed_ms)
PARTITION BY toYYYYMMDD(minute)
ORDER BY (tenant, toStartOfHour(minute), series, scope, minute)
TTL minute + toIntervalDay(95)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 1024, min_compress_block_size = 16384;

CREATE TABLE coldburn.slo_ledger_log
(
    `at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `event` Enum8('seen' = 1, 'filled' = 2, 'gap' = 3),
    `seen_until` DateTime64(3, 'UTC'),
    `tenant` LowCardinality(String),
    `series` String COMMENT 'objective, shape and the version it counts like this since',
    `filled_from` DateTime('UTC') COMMENT 'every minute from here on is in the ledger'
)
ENGINE = ReplacingMergeTree(at)
ORDER BY (event, tenant, series)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 8192;

CREATE TABLE coldburn.slo_touched
(
    `inserted_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `tenant` LowCardinality(String),
    `minute` DateTime('UTC') CODEC(Delta(4), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMMDD(inserted_at)
ORDER BY (inserted_at, tenant, minute)
TTL toDateTime(inserted_at) + toIntervalDay(4)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.slo_touched_by_calls TO coldburn.slo_touched_figures
(
    `inserted_at` DateTime64(3, 'UTC'),
    `tenant` LowCardinality(String),
    `minute` DateTime('UTC')
)
AS SELECT
    now64(3, 'UTC') AS inserted_at,
    tenant,
    minute
FROM coldburn.dependencies_1m
WHERE call = 'out'
GROUP BY
    tenant,
    minute;

CREATE MATERIALIZED VIEW coldburn.slo_touched_by_concurrency TO coldburn.slo_touched_figures
(
    `inserted_at` DateTime64(3, 'UTC'),
    `tenant` LowCardinality(String),
    `minute` DateTime('UTC')
)
AS SELECT
    now64(3, 'UTC') AS inserted_at,
    tenant,
    minute
FROM coldburn.concurrency_1m
GROUP BY
    tenant,
    minute;

CREATE MATERIALIZED VIEW coldburn.slo_touched_by_metrics TO coldburn.slo_touched_figures
(
    `inserted_at` DateTime64(3, 'UTC'),
    `tenant` LowCardinality(String),
    `minute` DateTime('UTC')
)
AS SELECT
    now64(3, 'UTC') AS inserted_at,
    tenant,
    toStartOfMinute(toDateTime(m.at - toIntervalNanosecond(1), 'UTC')) AS minute
FROM coldburn.metric_points AS m
GROUP BY
    tenant,
    minute;

CREATE TABLE coldburn.slo_touched_figures
(
    `inserted_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `tenant` LowCardinality(String),
    `minute` DateTime('UTC') CODEC(Delta(4), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMMDD(inserted_at)
ORDER BY (inserted_at, tenant, minute)
TTL toDateTime(inserted_at) + toIntervalDay(4)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.slo_touched_mv TO coldburn.slo_touched
(
    `inserted_at` DateTime64(3, 'UTC'),
    `tenant` LowCardinality(String),
    `minute` DateTime('UTC')
)
AS SELECT
    now64(3, 'UTC') AS inserted_at,
    tenant,
    toStartOfMinute(started_at) AS minute
FROM coldburn.invocations
GROUP BY
    tenant,
    minute;

CREATE TABLE coldburn.slo_versions
(
    `tenant` LowCardinality(String),
    `slo` String,
    `version` UInt32 COMMENT 'counted from 1; a deletion counts too',
    `event` Enum8('put' = 1, 'delete' = 2),
    `definition` String COMMENT 'JSON in the form people write; empty of a deletion',
    `source` Enum8('file' = 1, 'api' = 2),
    `author` String COMMENT 'path of the file, or id of the key',
    `at` DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY (tenant, slo, version, at)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 8192;

CREATE TABLE coldburn.span_errors
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `at` DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `fingerprint` UInt64 CODEC(ZSTD(1)),
    `type` LowCardinality(String),
    `title` LowCardinality(String) COMMENT 'type, message and culprit without what differs between occurrences',
    `culprit` LowCardinality(String) COMMENT 'innermost frame of the author\'s own code, or the function',
    `message` String COMMENT 'as it was said, after redaction, cut' CODEC(ZSTD(1)),
    `stack` String COMMENT 'as it came, after redaction, cut in the middle' CODEC(ZSTD(1)),
    `version` LowCardinality(String),
    `escaped` Bool COMMENT 'it ended the run, or left the code that recorded it',
    `source` Enum8('span' = 0, 'log' = 1),
    `trace_id` FixedString(16) CODEC(ZSTD(1)),
    `span_id` FixedString(8) CODEC(ZSTD(1)),
    `received_at` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMMDD(at)
ORDER BY (tenant, fingerprint, at)
TTL toDateTime(at) + toIntervalDay(30)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE TABLE coldburn.spans
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `service` LowCardinality(String),
    `name` LowCardinality(String),
    `kind` Enum8('unspecified' = 0, 'internal' = 1, 'server' = 2, 'client' = 3, 'producer' = 4, 'consumer' = 5),
    `started_at` DateTime64(9, 'UTC') CODEC(GCD, Delta(8), ZSTD(1)),
    `duration_ns` UInt64 CODEC(GCD, T64, ZSTD(1)),
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
    `function` LowCardinality(String),
    `call` Enum8('none' = 0, 'out' = 1, 'in' = 2) COMMENT 'out: the span calls the peer; in: the peer, a queue or a store, started it',
    `peer_kind` Enum8('none' = 0, 'database' = 1, 'http' = 2, 'queue' = 3, 'function' = 4, 'rpc' = 5, 'storage' = 6, 'other' = 7),
    `peer` LowCardinality(String),
    `operation` LowCardinality(String),
    `retry` Bool,
    `attributes` Map(String, String) ALIAS CAST((JSONExtract(attribute_keys, 'Array(String)'), JSONExtract(attribute_values, 'Array(String)')), 'Map(String, String)')
)
ENGINE = MergeTree
PARTITION BY toYYYYMMDD(started_at)
ORDER BY (tenant, trace_id, started_at)
TTL toDateTime(started_at) + toIntervalDay(14)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, min_bytes_for_wide_part = 134217728, index_granularity = 8192;

CREATE TABLE coldburn.tagged_usage_1h
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
    `weight` Float64,
    `product` LowCardinality(String),
    `feature` LowCardinality(String),
    `customer` String CODEC(ZSTD(1)),
    `tags` String COMMENT 'further configured keys as a JSON object; empty: none' CODEC(ZSTD(1)),
    `n` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `retries` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `duplicates` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `billed_ms` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `billed_cpu_us` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `request_units` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(hour)
PRIMARY KEY (tenant, environment, function, hour)
ORDER BY (tenant, environment, function, hour, version, alias, region, team, provider, platform, account, arch, trigger, billing, billed_memory_mb, cold, outcome, weight, product, feature, customer, tags)
TTL hour + toIntervalDay(800)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.tagged_usage_1h_mv TO coldburn.tagged_usage_1h
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
    `weight` Float64,
    `product` LowCardinality(String),
    `feature` LowCardinality(String),
    `customer` String,
    `tags` String,
    `n` Int64,
    `retries` Int64,
    `duplicates` Int64,
    `billed_ms` Int64,
    `billed_cpu_us` Int64,
    `request_units` Int64
)
AS SELECT
    tenant,
    environment,
    function,
    toStartOfHour(started_at) AS hour,
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
    weight,
    product,
    feature,
    customer,
    if(empty(i.tags), '', toJSONString(mapSort(i.tags))) AS tags,
    sum(sign) AS n,
    sum(sign * ((attempt > 1) AND (NOT duplicate))) AS retries,
    sum(sign * duplicate) AS duplicates,
    sum(sign * toInt64(billed_ms)) AS billed_ms,
    sum(sign * toInt64(billed_cpu_us)) AS billed_cpu_us,
    sum(sign * toInt64(request_units)) AS request_units
FROM coldburn.invocations AS i
WHERE (product != '') OR (feature != '') OR (customer != '') OR notEmpty(i.tags)
GROUP BY ALL;

CREATE TABLE coldburn.usage_1d
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `day` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `version` LowCardinality(String),
    `alias` LowCardinality(String),
    `region` LowCardinality(String),
    `team` LowCardinality(String),
    `provider` LowCardinality(String),
    `account` LowCardinality(String),
    `arch` LowCardinality(String),
    `trigger` LowCardinality(String),
    `billing` LowCardinality(String),
    `billed_memory_mb` UInt32,
    `cold` Bool,
    `outcome` Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    `weight` Float64,
    `n` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `retries` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `duplicates` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `init_ns` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `billed_ms` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `billed_cpu_us` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `request_units` SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    `memory_used_bytes_max` SimpleAggregateFunction(max, UInt64) CODEC(T64, ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYear(day)
PRIMARY KEY (tenant, environment, function, day)
ORDER BY (tenant, environment, function, day, version, alias, region, team, provider, account, arch, trigger, billing, billed_memory_mb, cold, outcome, weight)
TTL day + toIntervalDay(800)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 8192;

CREATE MATERIALIZED VIEW coldburn.usage_1d_mv TO coldburn.usage_1d
(
    `tenant` LowCardinality(String),
    `environment` LowCardinality(String),
    `function` LowCardinality(String),
    `day` DateTime('UTC'),
    `version` LowCardinality(String),
    `alias` LowCardinality(String),
    `region` LowCardinality(String),
    `team` LowCardinality(String),
    `provider` LowCardinality(String),
    `account` LowCardinality(String),
    `arch` LowCardinality(String),
    `trigger` LowCardinality(String),
    `billing` LowCardinality(String),
    `billed_memory_mb` UInt32,
    `cold` Bool,
    `outcome` Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    `weight` Float64,
    `n` Int64,
    `retries` Int64,
    `duplicates` Int64,
    `init_ns` Int64,
    `billed_ms` Int64,
    `billed_cpu_us` Int64,
    `request_units` Int64,
    `memory_used_bytes_max` SimpleAggregateFunction(max, UInt64)
)
AS SELECT
    tenant,
    environment,
    function,
    toStartOfDay(hour) AS day,
    version,
    alias,
    region,
    team,
    provider,
    account,
    arch,
    trigger,
    billing,
    billed_memory_mb,
    cold,
    outcome,
    weight,
    sum(n) AS n,
    sum(retries) AS retries,
    sum(duplicates) AS duplicates,
    sum(init_ns) AS init_ns,
    sum(billed_ms) AS billed_ms,
    sum(billed_cpu_us) AS billed_cpu_us,
    sum(request_units) AS request_units,
    max(memory_used_bytes_max) AS memory_used_bytes_max
FROM coldburn.invocations_1h AS h
GROUP BY ALL;
