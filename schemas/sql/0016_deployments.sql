-- What was told about deployments, as events: posted, perhaps posted again with more to tell, perhaps deleted. A deleted
-- event may also be about a detected deployment, which has no row here. Nothing is ever changed, so it is its own audit.
CREATE TABLE IF NOT EXISTS {{table:deployments on every node}}
(
    tenant LowCardinality(String),
    deployment_id String,
    recorded_at DateTime64(3, 'UTC'),
    event Enum8('posted' = 1, 'deleted' = 2),
    actor LowCardinality(String) COMMENT 'id of the key that was used',
    author String COMMENT 'who says to have deployed or deleted',
    reason String COMMENT 'of a deletion',
    function LowCardinality(String),
    environment LowCardinality(String) COMMENT 'empty: in every environment',
    version String,
    region LowCardinality(String) COMMENT 'empty: in every region',
    at DateTime64(3, 'UTC'),
    until Nullable(DateTime64(3, 'UTC')) COMMENT 'end of the roll-out; null: not told',
    source Enum8('api' = 1, 'cli' = 2),
    commit String,
    url String,
    notes String
)
ENGINE = {{engine:MergeTree}}
ORDER BY (tenant, deployment_id, recorded_at)
SETTINGS {{settings:deduplicated}}
