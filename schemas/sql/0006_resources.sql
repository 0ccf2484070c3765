-- What spans say of their process, once a day for each resource. A row more than once is harmless: the engine keeps one.
-- Kept a little longer than the spans that point here, which may come with a clock that is a day ahead.
CREATE TABLE IF NOT EXISTS {{table:resources sharded by resource_hash}}
(
    tenant LowCardinality(String),
    resource_hash UInt64,
    seen_on Date,
    attributes Map(LowCardinality(String), String) CODEC(ZSTD(1))
)
ENGINE = {{engine:ReplacingMergeTree}}
PARTITION BY toYYYYMMDD(seen_on)
ORDER BY (tenant, resource_hash)
TTL seen_on + INTERVAL 17 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1
