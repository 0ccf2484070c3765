-- What the ledger's job has done, so that it goes on where it stopped: up to when arrivals were seen, and how far back
-- the minutes of an objective are filled. A gap is an arrival log that had forgotten more than was seen: all is filled anew.
CREATE TABLE IF NOT EXISTS {{table:slo_ledger_log on every node}}
(
    at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    event Enum8('seen' = 1, 'filled' = 2, 'gap' = 3),
    seen_until DateTime64(3, 'UTC'),
    tenant LowCardinality(String),
    series String COMMENT 'objective, shape and the version it counts like this since',
    filled_from DateTime('UTC') COMMENT 'every minute from here on is in the ledger'
)
ENGINE = {{engine:ReplacingMergeTree(at)}}
ORDER BY (event, tenant, series)
SETTINGS {{settings:deduplicated}}
