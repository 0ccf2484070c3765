-- The same counts by day, made of those by hour: what weeks and months are read from. A day of a bucket is one row where its
-- hours are up to 24, and percentiles of a month have fewer rows to add up by as much.
CREATE TABLE IF NOT EXISTS {{table:latency_1d sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    day DateTime('UTC') CODEC(Delta, ZSTD(1)),
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
PARTITION BY toYear(day)
PRIMARY KEY (tenant, environment, function, day)
ORDER BY (tenant, environment, function, day, version, region, team, provider, cold, failed, weight, bucket)
TTL day + INTERVAL 800 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

-- What is there already, once however often this runs: sorted, so that the same blocks come again under the same tokens.
INSERT INTO {{fill:latency_1d}}
SELECT
    tenant, environment, function, toStartOfDay(hour) AS day, version, region, team, provider,
    cold, failed, weight, bucket, sum(n) AS n
FROM {{whole:latency_1h}}
GROUP BY ALL
ORDER BY ALL
SETTINGS insert_deduplication_token = '0043_latency_1d', max_insert_threads = 1, distributed_foreground_insert = 1,
    max_bytes_before_external_group_by = 1000000000, max_bytes_before_external_sort = 1000000000;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:latency_1d_mv}} TO {{local:latency_1d}} AS
SELECT
    tenant, environment, function, toStartOfDay(hour) AS day, version, region, team, provider,
    cold, failed, weight, bucket, sum(n) AS n
FROM {{local:latency_1h}}
GROUP BY ALL
