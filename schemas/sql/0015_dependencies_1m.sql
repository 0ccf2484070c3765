-- Calls between functions and what they depend on, summed by minute and by bucket of duration. Each side stands for itself: a
-- sender's calls to a queue and a receiver's runs from it are joined by the name of the queue when read, so neither waits
-- for the other. Buckets are those of latency_1m.
CREATE TABLE IF NOT EXISTS {{table:dependencies_1m sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    minute DateTime('UTC') CODEC(Delta, ZSTD(1)),
    call Enum8('none' = 0, 'out' = 1, 'in' = 2),
    peer_kind Enum8('none' = 0, 'database' = 1, 'http' = 2, 'queue' = 3, 'function' = 4, 'rpc' = 5, 'storage' = 6, 'other' = 7),
    peer LowCardinality(String),
    operation LowCardinality(String),
    bucket UInt16 CODEC(Delta, ZSTD(1)),
    n SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    errors SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    retries SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    duration_ns SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1))
)
ENGINE = {{engine:AggregatingMergeTree}}
PARTITION BY toYYYYMM(minute)
PRIMARY KEY (tenant, environment, function, minute)
ORDER BY (tenant, environment, function, minute, call, peer_kind, peer, operation, bucket)
TTL minute + INTERVAL 95 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:dependencies_1m_mv}} TO {{local:dependencies_1m}} AS
WITH
    intDiv(s.duration_ns, 1000) AS us,
    -- The exponent of the double is floor(log2(us)), exactly.
    greatest(toInt64(bitShiftRight(reinterpretAsUInt64(toFloat64(us)), 52)) - 1030, 0) AS doublings
SELECT
    tenant, environment, function, toStartOfMinute(started_at) AS minute, call, peer_kind, peer, operation,
    toUInt16(doublings * 128 + toInt64(bitShiftRight(us, doublings))) AS bucket,
    count() AS n,
    countIf(status = 'error') AS errors,
    countIf(retry) AS retries,
    sum(s.duration_ns) AS duration_ns
FROM {{local:spans}} AS s
WHERE call != 'none'
GROUP BY ALL
