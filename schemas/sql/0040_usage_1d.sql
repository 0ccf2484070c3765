-- What is billed, summed by day: a month of cost is read from here. Whole numbers, so any split of a window adds up to it.
CREATE TABLE IF NOT EXISTS {{table:usage_1d sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    day DateTime('UTC') CODEC(Delta, ZSTD(1)),
    version LowCardinality(String),
    alias LowCardinality(String),
    region LowCardinality(String),
    team LowCardinality(String),
    provider LowCardinality(String),
    account LowCardinality(String),
    arch LowCardinality(String),
    trigger LowCardinality(String),
    billing LowCardinality(String),
    billed_memory_mb UInt32,
    cold Bool,
    outcome Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    weight Float64,
    n SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    retries SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    duplicates SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    init_ns SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    billed_ms SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    billed_cpu_us SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    request_units SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    memory_used_bytes_max SimpleAggregateFunction(max, UInt64) CODEC(T64, ZSTD(1))
)
ENGINE = {{engine:AggregatingMergeTree}}
PARTITION BY toYear(day)
PRIMARY KEY (tenant, environment, function, day)
ORDER BY (tenant, environment, function, day, version, alias, region, team, provider, account, arch, trigger,
    billing, billed_memory_mb, cold, outcome, weight)
TTL day + INTERVAL 800 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:usage_1d_mv}} TO {{local:usage_1d}} AS
SELECT
    tenant, environment, function, toStartOfDay(hour) AS day,
    version, alias, region, team, provider, account, arch, trigger, billing, billed_memory_mb,
    cold, outcome, weight,
    sum(n) AS n,
    sum(retries) AS retries,
    sum(duplicates) AS duplicates,
    sum(init_ns) AS init_ns,
    sum(billed_ms) AS billed_ms,
    sum(billed_cpu_us) AS billed_cpu_us,
    sum(request_units) AS request_units,
    max(memory_used_bytes_max) AS memory_used_bytes_max
FROM {{local:invocations_1h}} AS h
GROUP BY ALL
