-- What people were told, as events: planned (with all it says), each failed attempt, and sent or given up. Nothing is ever
-- changed; what is still to be delivered comes of these rows, so a crash loses nothing. One planned twice counts once.
CREATE TABLE IF NOT EXISTS {{table:notices on every node}}
(
    tenant LowCardinality(String),
    thread String,
    sequence UInt32 COMMENT 'place in the thread',
    notice String COMMENT 'idempotency key',
    event Enum8('planned' = 1, 'failed' = 2, 'sent' = 3, 'given-up' = 4),
    at DateTime64(3, 'UTC'),
    receiver LowCardinality(String),
    kind LowCardinality(String),
    attempt UInt32,
    next_at Nullable(DateTime64(3, 'UTC')) COMMENT 'of a failed attempt: not tried again before',
    duration_ms UInt32,
    says String COMMENT 'what the receiver answered',
    reference String COMMENT 'what the receiver calls the thread, such as the number of an issue',
    plan String COMMENT 'of planned: who and what it is about, as JSON' CODEC(ZSTD(1)),
    body String COMMENT 'of planned: the notice as JSON, see schemas/alerting/notice.ts' CODEC(ZSTD(1)),
    INDEX by_time at TYPE minmax GRANULARITY 1
)
ENGINE = {{engine:MergeTree}}
PARTITION BY toYYYYMM(at)
ORDER BY (tenant, thread, sequence, notice, event, at)
SETTINGS {{settings:deduplicated}}
