-- Usage by product, feature, customer and configured tags, by hour. Only runs that say one of them have a row: of the others
-- the sums by hour tell as much, and what is left of those after these are taken away is the usage nobody is named for.
CREATE TABLE IF NOT EXISTS {{table:tagged_usage_1h sharded by cityHash64(tenant, function)}}
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
    weight Float64,
    product LowCardinality(String),
    feature LowCardinality(String),
    customer String CODEC(ZSTD(1)),
    tags String COMMENT 'further configured keys as a JSON object; empty: none' CODEC(ZSTD(1)),
    n SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    retries SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    duplicates SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    billed_ms SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    billed_cpu_us SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    request_units SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1))
)
ENGINE = {{engine:AggregatingMergeTree}}
PARTITION BY toYYYYMM(hour)
PRIMARY KEY (tenant, environment, function, hour)
ORDER BY (tenant, environment, function, hour, version, alias, region, team, provider, platform, account, arch, trigger,
    billing, billed_memory_mb, cold, outcome, weight, product, feature, customer, tags)
TTL hour + INTERVAL 800 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:tagged_usage_1h_mv}} TO {{local:tagged_usage_1h}} AS
SELECT
    tenant, environment, function, toStartOfHour(started_at) AS hour,
    version, alias, region, team, provider, platform, account, arch, trigger, billing, billed_memory_mb,
    cold, outcome, weight, product, feature, customer,
    if(empty(i.tags), '', toJSONString(mapSort(i.tags))) AS tags,
    sum(sign) AS n,
    sum(sign * (attempt > 1 AND NOT duplicate)) AS retries,
    sum(sign * duplicate) AS duplicates,
    sum(sign * toInt64(billed_ms)) AS billed_ms,
    sum(sign * toInt64(billed_cpu_us)) AS billed_cpu_us,
    sum(sign * toInt64(request_units)) AS request_units
FROM {{local:invocations}} AS i
WHERE product != '' OR feature != '' OR customer != '' OR notEmpty(i.tags)
GROUP BY ALL
