-- Errors summed by group and minute. Spans and logs are summed apart, because some senders tell of one error in both.
CREATE TABLE IF NOT EXISTS {{table:errors_1m sharded by cityHash64(tenant, fingerprint)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    fingerprint UInt64 CODEC(ZSTD(1)),
    minute DateTime('UTC') CODEC(Delta, ZSTD(1)),
    version LowCardinality(String),
    spans SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    logs SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    escaped SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1))
)
ENGINE = {{engine:AggregatingMergeTree}}
PARTITION BY toYYYYMM(minute)
PRIMARY KEY (tenant, minute)
ORDER BY (tenant, minute, environment, function, fingerprint, version)
TTL minute + INTERVAL 95 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:errors_1m_mv}} TO {{local:errors_1m}} AS
SELECT
    tenant, environment, function, fingerprint, toStartOfMinute(at) AS minute, version,
    countIf(source = 'span') AS spans,
    countIf(source = 'log') AS logs,
    countIf(e.escaped) AS escaped
FROM {{local:span_errors}} AS e
GROUP BY ALL
