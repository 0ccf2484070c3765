-- Which invocations carried an event that has an id of its own: by it, what the platform says of an invocation finds the
-- request that it belongs to. Rows only for runs that tell both ids.
CREATE TABLE IF NOT EXISTS {{table:settle_links sharded by cityHash64(tenant, function)}}
(
    inserted_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    tenant LowCardinality(String),
    function LowCardinality(String),
    run UInt64 CODEC(ZSTD(1)),
    key UInt64 CODEC(ZSTD(1))
)
ENGINE = {{engine:MergeTree}}
PARTITION BY toYYYYMMDD(inserted_at)
ORDER BY inserted_at
TTL toDateTime(inserted_at) + INTERVAL 4 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:settle_links_mv}} TO {{local:settle_links}} AS
SELECT
    now64(3, 'UTC') AS inserted_at, tenant, function,
    cityHash64(tenant, function, invocation_id) AS run,
    cityHash64(tenant, function, delivery_id) AS key
FROM {{local:invocations}}
WHERE sign = 1 AND revision = 0 AND invocation_id != '' AND delivery_id != '' AND invocation_id != delivery_id
