-- Time that does not count for objectives, as events: put, perhaps put again, perhaps deleted. Nothing is ever changed, so it
-- is its own audit.
CREATE TABLE IF NOT EXISTS {{table:slo_corrections on every node}}
(
    tenant LowCardinality(String),
    correction String,
    at DateTime64(3, 'UTC') COMMENT 'when it was said',
    event Enum8('put' = 1, 'delete' = 2),
    definition String COMMENT 'JSON as it was posted; empty of a deletion',
    author String COMMENT 'who is said to have said so',
    actor String COMMENT 'id of the key it came with',
    reason String
)
ENGINE = {{engine:MergeTree}}
ORDER BY (tenant, correction, at)
SETTINGS {{settings:deduplicated}}
