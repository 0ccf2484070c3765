-- What settling has done, so that it goes on where it stopped: batches that are wholly in, and up to when arrivals were seen.
CREATE TABLE IF NOT EXISTS {{table:settle_log on every node}}
(
    at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    event Enum8('applied' = 1, 'seen' = 2),
    batch String CODEC(ZSTD(1)),
    seen_until DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:MergeTree}}
PARTITION BY toYYYYMMDD(at)
ORDER BY (event, at)
TTL toDateTime(at) + INTERVAL 7 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1
