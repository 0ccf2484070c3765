-- The most runs of a function at once within each minute, from their starts and ends. A minute that later news touches is
-- worked out again from the runs themselves, and the newest figure stands: read with FINAL.
CREATE TABLE IF NOT EXISTS {{table:concurrency_1m sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    minute DateTime('UTC') CODEC(Delta, ZSTD(1)),
    running_max UInt32 CODEC(T64, ZSTD(1)),
    computed_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:ReplacingMergeTree(computed_at)}}
PARTITION BY toYYYYMM(minute)
ORDER BY (tenant, environment, function, minute)
TTL minute + INTERVAL 95 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1
