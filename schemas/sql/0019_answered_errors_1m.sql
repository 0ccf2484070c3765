-- Runs that failed only by the HTTP status they answered: no provider counts them as errors, since to it they ran well.
CREATE TABLE IF NOT EXISTS {{table:answered_errors_1m sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    minute DateTime('UTC') CODEC(Delta, ZSTD(1)),
    weight Float64,
    n SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1))
)
ENGINE = {{engine:AggregatingMergeTree}}
PARTITION BY toYYYYMM(minute)
ORDER BY (tenant, environment, function, minute, weight)
TTL minute + INTERVAL 95 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:answered_errors_1m_mv}} TO {{local:answered_errors_1m}} AS
SELECT tenant, environment, function, toStartOfMinute(started_at) AS minute, weight, sum(sign) AS n
FROM {{local:invocations}}
WHERE outcome = 'error' AND http_status >= 500 AND error_type = toString(http_status)
GROUP BY ALL
