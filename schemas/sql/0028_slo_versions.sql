-- Objectives as events: put, perhaps put again, perhaps deleted. Nothing is ever changed, so it is its own audit.
CREATE TABLE IF NOT EXISTS {{table:slo_versions on every node}}
(
    tenant LowCardinality(String),
    slo String,
    version UInt32 COMMENT 'counted from 1; a deletion counts too',
    event Enum8('put' = 1, 'delete' = 2),
    definition String COMMENT 'JSON in the form people write; empty of a deletion',
    source Enum8('file' = 1, 'api' = 2),
    author String COMMENT 'path of the file, or id of the key',
    at DateTime64(3, 'UTC')
)
ENGINE = {{engine:MergeTree}}
ORDER BY (tenant, slo, version, at)
SETTINGS {{settings:deduplicated}}
