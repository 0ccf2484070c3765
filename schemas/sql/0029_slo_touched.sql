-- Which minutes got news and when, so that the ledger of objectives works out again what late or corrected telemetry
-- changed. A log of arrivals: read by time, and forgotten after days.
CREATE TABLE IF NOT EXISTS {{table:slo_touched sharded by cityHash64(tenant)}}
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

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:slo_touched_mv}} TO {{local:slo_touched}} AS
SELECT now64(3, 'UTC') AS inserted_at, tenant, toStartOfMinute(started_at) AS minute
FROM {{local:invocations}}
GROUP BY tenant, minute
