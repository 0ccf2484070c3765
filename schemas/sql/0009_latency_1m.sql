-- How long invocations took, as counts by bucket: all that percentiles, heatmaps and "share under 300 ms" need, and mergeable
-- over any window. The buckets are those of an HDR histogram with two significant digits over microseconds: 1 us wide below
-- 256 us, then 128 for each doubling, so a bucket is at most 0.8 % wide. What never ran (throttled, rejected) has no duration.
CREATE TABLE IF NOT EXISTS {{table:latency_1m sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    minute DateTime('UTC') CODEC(Delta, ZSTD(1)),
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
PARTITION BY toYYYYMM(minute)
PRIMARY KEY (tenant, environment, function, minute)
ORDER BY (tenant, environment, function, minute, version, region, team, provider, cold, failed, weight, bucket)
TTL minute + INTERVAL 95 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:latency_1m_mv}} TO {{local:latency_1m}} AS
WITH
    intDiv(duration_ns, 1000) AS us,
    -- The exponent of the double is floor(log2(us)), exactly.
    greatest(toInt64(bitShiftRight(reinterpretAsUInt64(toFloat64(us)), 52)) - 1030, 0) AS doublings
SELECT
    tenant, environment, function, toStartOfMinute(started_at) AS minute, version, region, team, provider,
    cold, outcome != 'ok' AS failed, weight,
    toUInt16(doublings * 128 + toInt64(bitShiftRight(us, doublings))) AS bucket,
    sum(sign) AS n
FROM {{local:invocations}}
WHERE outcome NOT IN ('throttled', 'rejected')
GROUP BY ALL
