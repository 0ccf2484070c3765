-- Good and all events of each objective by minute. A minute worked out again replaces the one before: the row with the
-- highest `computed_ms` counts, the instant its sums were read at. `shape` is a hash of what is counted, so a changed
-- objective keeps its history and a changed indicator starts another one. Hours come first in the key, because windows of
-- all objectives are read by minute only at their ends; `series` stands for both names, so that rows are added up by a
-- number. Granules and blocks are small, so that one objective is read without its neighbours.
CREATE TABLE IF NOT EXISTS {{table:slo_ledger_1m sharded by cityHash64(tenant, slo)}}
(
    tenant LowCardinality(String),
    series UInt64 DEFAULT reinterpretAsUInt64(SHA256(concat(slo, ' ', shape))) COMMENT 'names objective and shape',
    slo LowCardinality(String),
    shape LowCardinality(String),
    scope LowCardinality(String) COMMENT 'value of the dimension there is one objective for each of; else empty',
    minute DateTime('UTC') CODEC(Delta, ZSTD(1)),
    good UInt64 CODEC(T64, ZSTD(1)),
    total UInt64 CODEC(T64, ZSTD(1)),
    computed_ms UInt64 CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:ReplacingMergeTree(computed_ms)}}
PARTITION BY toYYYYMMDD(minute)
ORDER BY (tenant, toStartOfHour(minute), series, scope, minute)
TTL minute + INTERVAL 95 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1, index_granularity = 1024, min_compress_block_size = 16384
