-- Every log record as it came. The function and its invocation id stand in columns, because runs are looked up by them.
CREATE TABLE IF NOT EXISTS {{table:logs sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    service LowCardinality(String),
    function LowCardinality(String),
    at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    observed_at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    severity UInt8,
    severity_text LowCardinality(String),
    event_name LowCardinality(String),
    body String CODEC(ZSTD(1)),
    body_kind Enum8('none' = 0, 'string' = 1, 'bool' = 2, 'int' = 3, 'double' = 4, 'array' = 5, 'map' = 6, 'bytes' = 7),
    invocation_id String CODEC(ZSTD(1)),
    trace_id FixedString(16) CODEC(ZSTD(1)),
    span_id FixedString(8) CODEC(ZSTD(1)),
    flags UInt32,
    scope LowCardinality(String),
    resource Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    dropped_attributes UInt32,
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:MergeTree}}
PARTITION BY toYYYYMMDD(at)
ORDER BY (tenant, environment, function, at)
TTL toDateTime(at) + INTERVAL 14 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1
