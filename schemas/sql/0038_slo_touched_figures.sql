-- Which minutes got news that is not of runs: points of metrics, calls, and how many ran at once. Objectives that count such
-- figures are worked out again from it, and those that count runs are left alone. A log of arrivals, as slo_touched.
CREATE TABLE IF NOT EXISTS {{table:slo_touched_figures sharded by cityHash64(tenant)}}
(
    inserted_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    tenant LowCardinality(String),
    minute DateTime('UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:MergeTree}}
PARTITION BY toYYYYMMDD(inserted_at)
ORDER BY (inserted_at, tenant, minute)
TTL toDateTime(inserted_at) + INTERVAL 4 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

-- A point stands in the minute its period ends in.
CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:slo_touched_by_metrics}} TO {{local:slo_touched_figures}} AS
SELECT now64(3, 'UTC') AS inserted_at, tenant, toStartOfMinute(toDateTime(m.at - toIntervalNanosecond(1), 'UTC')) AS minute
FROM {{local:metric_points}} AS m
GROUP BY tenant, minute;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:slo_touched_by_calls}} TO {{local:slo_touched_figures}} AS
SELECT now64(3, 'UTC') AS inserted_at, tenant, minute
FROM {{local:dependencies_1m}}
WHERE call = 'out'
GROUP BY tenant, minute;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:slo_touched_by_concurrency}} TO {{local:slo_touched_figures}} AS
SELECT now64(3, 'UTC') AS inserted_at, tenant, minute
FROM {{local:concurrency_1m}}
GROUP BY tenant, minute
