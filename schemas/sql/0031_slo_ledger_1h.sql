-- The same by hour, made of the minutes: what long windows read, and what outlives them.
CREATE TABLE IF NOT EXISTS {{table:slo_ledger_1h sharded by cityHash64(tenant, slo)}}
(
    tenant LowCardinality(String),
    slo LowCardinality(String),
    shape LowCardinality(String),
    scope LowCardinality(String),
    hour DateTime('UTC') CODEC(Delta, ZSTD(1)),
    good UInt64 CODEC(T64, ZSTD(1)),
    total UInt64 CODEC(T64, ZSTD(1)),
    computed_ms UInt64 CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:ReplacingMergeTree(computed_ms)}}
PARTITION BY toYYYYMM(hour)
ORDER BY (tenant, slo, shape, scope, hour)
TTL hour + INTERVAL 800 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1
