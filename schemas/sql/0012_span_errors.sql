-- Each error that counts once: what a run failed with, and exceptions that were recorded on the way. The fingerprint names the
-- group of all like it, in any deploy. Never sampled. Sorted by group, because that is how one is looked at; what lists read
-- are the sums of errors_1m.
CREATE TABLE IF NOT EXISTS {{table:span_errors sharded by cityHash64(tenant, fingerprint)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    fingerprint UInt64 CODEC(ZSTD(1)),
    type LowCardinality(String),
    title LowCardinality(String) COMMENT 'type, message and culprit without what differs between occurrences',
    culprit LowCardinality(String) COMMENT 'innermost frame of the author''s own code, or the function',
    message String COMMENT 'as it was said, after redaction, cut' CODEC(ZSTD(1)),
    stack String COMMENT 'as it came, after redaction, cut in the middle' CODEC(ZSTD(1)),
    version LowCardinality(String),
    escaped Bool COMMENT 'it ended the run, or left the code that recorded it',
    source Enum8('span' = 0, 'log' = 1),
    trace_id FixedString(16) CODEC(ZSTD(1)),
    span_id FixedString(8) CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:MergeTree}}
PARTITION BY toYYYYMMDD(at)
ORDER BY (tenant, fingerprint, at)
TTL toDateTime(at) + INTERVAL 30 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1
