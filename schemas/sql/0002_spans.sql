-- Every span as it came, for traces. What is asked often is a column of its own; the other attributes are two JSON
-- lists of texts, the keys apart because spans of one kind share them: a Map costs each insert half as much again and more disk.
-- `attributes` puts them together when read. The resource is a hash into `resources`. Parts stay compact until they are
-- large, because a file for each column would cost each insert a third more.
CREATE TABLE IF NOT EXISTS {{table:spans sharded by cityHash64(trace_id)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    service LowCardinality(String),
    name LowCardinality(String),
    kind Enum8('unspecified' = 0, 'internal' = 1, 'server' = 2, 'client' = 3, 'producer' = 4, 'consumer' = 5),
    started_at DateTime64(9, 'UTC') CODEC(GCD, Delta, ZSTD(1)),
    duration_ns UInt64 CODEC(GCD, T64, ZSTD(1)),
    status Enum8('unset' = 0, 'ok' = 1, 'error' = 2),
    status_message String CODEC(ZSTD(1)),
    trace_id FixedString(16) CODEC(ZSTD(1)),
    span_id FixedString(8) CODEC(ZSTD(1)),
    parent_span_id FixedString(8) CODEC(ZSTD(1)),
    scope LowCardinality(String),
    resource_hash UInt64 CODEC(ZSTD(1)),
    attribute_keys LowCardinality(String),
    attribute_values String CODEC(ZSTD(1)),
    events Array(Tuple(at DateTime64(9, 'UTC'), name String, attributes Map(String, String))) CODEC(ZSTD(1)),
    links Array(Tuple(trace_id FixedString(16), span_id FixedString(8))) CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    function LowCardinality(String),
    call Enum8('none' = 0, 'out' = 1, 'in' = 2) COMMENT 'out: the span calls the peer; in: the peer, a queue or a store, started it',
    peer_kind Enum8('none' = 0, 'database' = 1, 'http' = 2, 'queue' = 3, 'function' = 4, 'rpc' = 5, 'storage' = 6, 'other' = 7),
    peer LowCardinality(String),
    operation LowCardinality(String),
    retry Bool,
    attributes Map(String, String) ALIAS
        CAST((JSONExtract(attribute_keys, 'Array(String)'), JSONExtract(attribute_values, 'Array(String)')), 'Map(String, String)')
)
ENGINE = {{engine:MergeTree}}
PARTITION BY toYYYYMMDD(started_at)
ORDER BY (tenant, trace_id, started_at)
TTL toDateTime(started_at) + INTERVAL 14 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1, min_bytes_for_wide_part = 134217728
