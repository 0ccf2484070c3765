-- What was seen of each function by hour, and in which minutes: what counts of providers are held against over long windows. A bit
-- that later news emptied stays set, which only makes that hour be looked at minute by minute.
CREATE TABLE IF NOT EXISTS {{table:seen_1h sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    hour DateTime('UTC') CODEC(Delta, ZSTD(1)),
    region LowCardinality(String),
    account LowCardinality(String),
    weight Float64,
    runs SimpleAggregateFunction(sum, Int64) COMMENT 'all but throttled and rejected calls' CODEC(T64, ZSTD(1)),
    ok SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    answered_errors SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    minutes SimpleAggregateFunction(groupBitOr, UInt64) COMMENT 'a bit for each minute with any row, the first the lowest' CODEC(ZSTD(1))
)
ENGINE = {{engine:AggregatingMergeTree}}
PARTITION BY toYYYYMM(hour)
PRIMARY KEY (tenant, environment, function, hour)
ORDER BY (tenant, environment, function, hour, region, account, weight)
TTL hour + INTERVAL 95 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

INSERT INTO {{fill:seen_1h}}
SELECT
    tenant, environment, function, toStartOfHour(minute) AS hour, region, account, weight,
    sumIf(n, outcome NOT IN ('throttled', 'rejected')) AS runs,
    sumIf(n, outcome = 'ok') AS ok,
    sum(m.answered_errors) AS answered_errors,
    groupBitOr(bitShiftLeft(toUInt64(1), toMinute(minute))) AS minutes
FROM {{whole:invocations_1m}} AS m
GROUP BY ALL
ORDER BY ALL
SETTINGS insert_deduplication_token = '0044_seen_1h', max_insert_threads = 1, distributed_foreground_insert = 1,
    max_bytes_before_external_group_by = 1000000000, max_bytes_before_external_sort = 1000000000;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:seen_1h_mv}} TO {{local:seen_1h}} AS
SELECT
    tenant, environment, function, toStartOfHour(minute) AS hour, region, account, weight,
    sumIf(n, outcome NOT IN ('throttled', 'rejected')) AS runs,
    sumIf(n, outcome = 'ok') AS ok,
    sum(m.answered_errors) AS answered_errors,
    groupBitOr(bitShiftLeft(toUInt64(1), toMinute(minute))) AS minutes
FROM {{local:invocations_1m}} AS m
GROUP BY ALL
