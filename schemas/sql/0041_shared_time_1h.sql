-- Time that runs on one instance had together, by hour, where the provider bills the instance and not the run: what is
-- taken off the sums of single runs. An hour that later news touches is worked out again from its runs, and the newest row
-- stands as a whole: read with FINAL.
CREATE TABLE IF NOT EXISTS {{table:shared_time_1h sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    hour DateTime('UTC') CODEC(Delta, ZSTD(1)),
    saved Array(Tuple(
        minute DateTime('UTC'), version String, alias String, region String, team String, provider String, account String,
        arch String, trigger String, billing String, billed_memory_mb UInt32, cold Bool, outcome String,
        product String, feature String, customer String, tags String, ms Int64))
        COMMENT 'milliseconds that are billed once though several runs used them, by minute of start' CODEC(ZSTD(1)),
    computed_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:ReplacingMergeTree(computed_at)}}
PARTITION BY toYYYYMM(hour)
ORDER BY (tenant, environment, function, hour)
TTL hour + INTERVAL 800 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1
