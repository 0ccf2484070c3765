-- The same by hour and by day, made of the minutes: what stands between the minutes at the ends of a window.
CREATE TABLE IF NOT EXISTS {{table:slo_ledger_1h sharded by cityHash64(tenant, slo)}}
(
    tenant LowCardinality(String),
    series UInt64 DEFAULT reinterpretAsUInt64(SHA256(concat(slo, ' ', shape))),
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
ORDER BY (tenant, toStartOfDay(hour), series, scope, hour)
TTL hour + INTERVAL 800 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1, index_granularity = 1024, min_compress_block_size = 16384;

CREATE TABLE IF NOT EXISTS {{table:slo_ledger_1d sharded by cityHash64(tenant, slo)}}
(
    tenant LowCardinality(String),
    series UInt64 DEFAULT reinterpretAsUInt64(SHA256(concat(slo, ' ', shape))),
    slo LowCardinality(String),
    shape LowCardinality(String),
    scope LowCardinality(String),
    day DateTime('UTC') CODEC(Delta, ZSTD(1)),
    good UInt64 CODEC(T64, ZSTD(1)),
    total UInt64 CODEC(T64, ZSTD(1)),
    computed_ms UInt64 CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:ReplacingMergeTree(computed_ms)}}
PARTITION BY toYYYYMM(day)
ORDER BY (tenant, series, scope, day)
TTL day + INTERVAL 800 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1
