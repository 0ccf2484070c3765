-- When each version of a function first and last ran: from this a new version is noticed, without looking through
-- invocations. Late data moves a first run back by itself. It has no TTL: a version forgotten would be new again.
CREATE TABLE IF NOT EXISTS {{table:function_versions sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    function LowCardinality(String),
    environment LowCardinality(String),
    region LowCardinality(String),
    version String,
    first_at SimpleAggregateFunction(min, DateTime64(9, 'UTC')) CODEC(ZSTD(1)),
    last_at SimpleAggregateFunction(max, DateTime64(9, 'UTC')) CODEC(ZSTD(1))
)
ENGINE = {{engine:AggregatingMergeTree}}
ORDER BY (tenant, function, environment, region, version)
SETTINGS {{settings:deduplicated}};

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:function_versions_mv}} TO {{local:function_versions}} AS
SELECT tenant, function, environment, region, version, min(started_at) AS first_at, max(started_at) AS last_at
FROM {{local:invocations}}
WHERE version != ''
GROUP BY tenant, function, environment, region, version
