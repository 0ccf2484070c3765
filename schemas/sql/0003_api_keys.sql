-- Keys as events: created, then perhaps revoked. Only a hash of the secret is kept. Revoking is final.
CREATE TABLE IF NOT EXISTS {{table:api_keys on every node}}
(
    tenant LowCardinality(String),
    key_id String,
    event Enum8('created' = 1, 'revoked' = 2),
    role LowCardinality(String),
    name String,
    secret_sha256 String,
    actor String,
    at DateTime64(3, 'UTC')
)
ENGINE = {{engine:MergeTree}}
ORDER BY (tenant, key_id, at)
SETTINGS {{settings:deduplicated}}
