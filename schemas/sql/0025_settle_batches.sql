-- Corrections on their way: a whole batch is written here in one piece before any of it goes to `invocations`, so that a
-- crash in between leaves something that can be sent again, and its token makes it count once. A column added to
-- `invocations` later is added here as well, at the end.
CREATE TABLE IF NOT EXISTS {{table:settle_batches sharded by cityHash64(tenant, function)}}
ENGINE = {{engine:MergeTree}}
PARTITION BY toStartOfHour(created_at)
ORDER BY (batch, tenant, environment, function, started_at, span_id, revision, sign)
TTL created_at + INTERVAL 6 HOUR
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1, merge_with_ttl_timeout = 600
EMPTY AS SELECT '' AS batch, now('UTC') AS created_at, * FROM {{local:invocations}}
