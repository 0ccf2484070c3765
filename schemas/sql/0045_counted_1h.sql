-- What providers counted of whole functions by hour, and in which minutes. A figure told again replaces the one before, which a sum
-- cannot: such an hour has more points than minutes, and is then read minute by minute.
CREATE TABLE IF NOT EXISTS {{table:counted_1h sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    metric LowCardinality(String),
    environment LowCardinality(String) COMMENT 'empty: the provider does not know it',
    function LowCardinality(String),
    hour DateTime('UTC') CODEC(Delta, ZSTD(1)),
    source LowCardinality(String),
    region LowCardinality(String),
    account LowCardinality(String),
    kind Enum8('count' = 1, 'running' = 2, 'level' = 3),
    series UInt64 COMMENT 'of counters that run on they are not told apart: those are read point by point' CODEC(ZSTD(1)),
    value SimpleAggregateFunction(sum, Float64) COMMENT 'means something for counts only' CODEC(ZSTD(1)),
    points SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    minutes SimpleAggregateFunction(groupBitOr, UInt64) COMMENT 'a bit for each minute told of, the first the lowest' CODEC(ZSTD(1)),
    reaches_back SimpleAggregateFunction(max, Bool) COMMENT 'some point covers more than the minute it stands in'
)
ENGINE = {{engine:AggregatingMergeTree}}
PARTITION BY toYYYYMM(hour)
PRIMARY KEY (tenant, metric, environment, function, hour)
ORDER BY (tenant, metric, environment, function, hour, source, region, account, kind, series)
TTL hour + INTERVAL 95 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

INSERT INTO {{fill:counted_1h}}
SELECT
    tenant, metric, environment, function, toStartOfHour(minute) AS hour, source, region, account, kind,
    if(kind = 'running', 0, series) AS series,
    sum(c.value) AS value,
    count() AS points,
    groupBitOr(bitShiftLeft(toUInt64(1), toMinute(minute))) AS minutes,
    max(kind = 'running' OR (toUnixTimestamp64Nano(started_at) > 0 AND toDateTime(started_at, 'UTC') < minute)) AS reaches_back
FROM {{whole:provider_counts}} AS c
WHERE alias = '' AND version = ''
GROUP BY ALL
ORDER BY ALL
SETTINGS insert_deduplication_token = '0045_counted_1h', max_insert_threads = 1, distributed_foreground_insert = 1,
    max_bytes_before_external_group_by = 1000000000, max_bytes_before_external_sort = 1000000000;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:counted_1h_mv}} TO {{local:counted_1h}} AS
SELECT
    tenant, metric, environment, function, toStartOfHour(minute) AS hour, source, region, account, kind,
    if(kind = 'running', 0, series) AS series,
    sum(c.value) AS value,
    count() AS points,
    groupBitOr(bitShiftLeft(toUInt64(1), toMinute(minute))) AS minutes,
    max(kind = 'running' OR (toUnixTimestamp64Nano(started_at) > 0 AND toDateTime(started_at, 'UTC') < minute)) AS reaches_back
FROM {{local:provider_counts}} AS c
WHERE alias = '' AND version = ''
GROUP BY ALL
