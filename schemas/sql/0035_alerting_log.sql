-- Up to which minute alerts were decided, so that decisions go on exactly where they stopped.
CREATE TABLE IF NOT EXISTS {{table:alerting_log on every node}}
(
    at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    event Enum8('decided' = 1),
    decided_until DateTime('UTC')
)
ENGINE = {{engine:ReplacingMergeTree(at)}}
ORDER BY event
SETTINGS {{settings:deduplicated}}
