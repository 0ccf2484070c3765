-- Every span as it came, for traces. Attributes are kept as text pairs; what is asked often is promoted to a column.
CREATE TABLE IF NOT EXISTS {{table:spans sharded by cityHash64(trace_id)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    service LowCardinality(String),
    name LowCardinality(String),
    kind Enum8('unspecified' = 0, 'internal' = 1, 'server' = 2, 'client' = 3, 'producer' = 4, 'consumer' = 5),
    started_at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    duration_ns UInt64 CODEC(T64, ZSTD(1)),
    status Enum8('unset' = 0, 'ok' = 1, 'error' = 2),
    status_message String CODEC(ZSTD(1)),
    trace_id FixedString(16) CODEC(ZSTD(1)),
    span_id FixedString(8) CODEC(ZSTD(1)),
    parent_span_id FixedString(8) CODEC(ZSTD(1)),
    scope LowCardinality(String),
    resource Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    events Array(Tuple(at DateTime64(9, 'UTC'), name String, attributes Map(String, String))) CODEC(ZSTD(1)),
    links Array(Tuple(trace_id FixedString(16), span_id FixedString(8))) CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:MergeTree}}
PARTITION BY toYYYYMMDD(started_at)
ORDER BY (tenant, trace_id, started_at)
TTL toDateTime(started_at) + INTERVAL 14 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1
