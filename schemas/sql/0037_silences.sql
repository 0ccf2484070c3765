-- Silences as events: made, perhaps ended before their time. Nothing is ever changed, so it is its own audit.
CREATE TABLE IF NOT EXISTS {{table:silences on every node}}
(
    tenant LowCardinality(String),
    silence String,
    event Enum8('made' = 1, 'ended' = 2),
    at DateTime64(3, 'UTC'),
    actor LowCardinality(String) COMMENT 'id of the key that was used',
    author String COMMENT 'who says to have made or ended it',
    reason String,
    match String COMMENT 'patterns by label, as JSON; empty of an end',
    starts_at DateTime64(3, 'UTC'),
    ends_at DateTime64(3, 'UTC'),
    recurrence String COMMENT 'as JSON; empty when it holds all the time'
)
ENGINE = {{engine:MergeTree}}
ORDER BY (tenant, silence, at)
SETTINGS {{settings:deduplicated}}
