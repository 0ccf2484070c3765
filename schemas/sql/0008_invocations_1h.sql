-- The same sums by hour, made of those by minute: what long windows read, and what outlives them.
CREATE TABLE IF NOT EXISTS {{table:invocations_1h sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    hour DateTime('UTC') CODEC(Delta, ZSTD(1)),
    version LowCardinality(String),
    alias LowCardinality(String),
    region LowCardinality(String),
    team LowCardinality(String),
    provider LowCardinality(String),
    platform LowCardinality(String),
    account LowCardinality(String),
    arch LowCardinality(String),
    trigger LowCardinality(String),
    billing LowCardinality(String),
    billed_memory_mb UInt32,
    cold Bool,
    outcome Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    source Enum8('span' = 0, 'report' = 1, 'inferred' = 2),
    weight Float64,
    n SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    retries SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    duplicates SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    superseded SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    reported SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    duration_us SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    init_ns SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    billed_ms SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    billed_cpu_us SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    request_units SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    memory_told SimpleAggregateFunction(sum, Int64) COMMENT 'how many told both memory used and memory given' CODEC(T64, ZSTD(1)),
    memory_used_permille SimpleAggregateFunction(sum, Int64) COMMENT 'sum of used / given in thousandths' CODEC(T64, ZSTD(1)),
    memory_used_bytes_max SimpleAggregateFunction(max, UInt64) CODEC(T64, ZSTD(1)),
    event_age_told SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    event_age_ms SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    ended_after_s SimpleAggregateFunction(max, UInt32) COMMENT 'end of the last to end, seconds from the start of the hour' CODEC(T64, ZSTD(1))
)
ENGINE = {{engine:AggregatingMergeTree}}
PARTITION BY toYear(hour)
PRIMARY KEY (tenant, environment, function, hour)
ORDER BY (tenant, environment, function, hour, version, alias, region, team, provider, platform, account, arch, trigger,
    billing, billed_memory_mb, cold, outcome, source, weight)
TTL hour + INTERVAL 800 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:invocations_1h_mv}} TO {{local:invocations_1h}} AS
SELECT
    tenant, environment, function, toStartOfHour(minute) AS hour,
    version, alias, region, team, provider, platform, account, arch, trigger, billing, billed_memory_mb,
    cold, outcome, source, weight,
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
    max(toUInt32(toUnixTimestamp(minute) - toUnixTimestamp(toStartOfHour(minute)) + m.ended_after_s)) AS ended_after_s
FROM {{local:invocations_1m}} AS m
GROUP BY ALL
