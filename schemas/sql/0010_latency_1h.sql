-- The same counts by hour, made of those by minute.
CREATE TABLE IF NOT EXISTS {{table:latency_1h sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    hour DateTime('UTC') CODEC(Delta, ZSTD(1)),
    version LowCardinality(String),
    region LowCardinality(String),
    team LowCardinality(String),
    provider LowCardinality(String),
    cold Bool,
    failed Bool,
    weight Float64,
    bucket UInt16 CODEC(Delta, ZSTD(1)),
    n SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1))
)
ENGINE = {{engine:AggregatingMergeTree}}
PARTITION BY toYear(hour)
PRIMARY KEY (tenant, environment, function, hour)
ORDER BY (tenant, environment, function, hour, version, region, team, provider, cold, failed, weight, bucket)
TTL hour + INTERVAL 800 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:latency_1h_mv}} TO {{local:latency_1h}} AS
SELECT
    tenant, environment, function, toStartOfHour(minute) AS hour, version, region, team, provider,
    cold, failed, weight, bucket, sum(n) AS n
FROM {{local:latency_1m}}
GROUP BY ALL
