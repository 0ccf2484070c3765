-- The rules of the configuration that decide amounts, each time a server started with other ones: shared cost, own rates,
-- provisioned capacity, budgets. Nothing is ever changed, so it is its own audit.
CREATE TABLE IF NOT EXISTS {{table:cost_rules on every node}}
(
    at DateTime64(3, 'UTC'),
    hash String COMMENT 'SHA-256 of the rules',
    rules String COMMENT 'JSON as the server understood them' CODEC(ZSTD(1)),
    program String COMMENT 'version that read them'
)
ENGINE = {{engine:MergeTree}}
ORDER BY at
SETTINGS {{settings:deduplicated}}
