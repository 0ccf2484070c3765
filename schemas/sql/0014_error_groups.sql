-- What is known of each group of errors, for good: when it was first and last seen, where, and how it reads.
CREATE TABLE IF NOT EXISTS {{table:error_groups sharded by cityHash64(tenant, fingerprint)}}
(
    tenant LowCardinality(String),
    fingerprint UInt64,
    type SimpleAggregateFunction(anyLast, String),
    title SimpleAggregateFunction(anyLast, String) CODEC(ZSTD(1)),
    culprit SimpleAggregateFunction(anyLast, String) CODEC(ZSTD(1)),
    functions SimpleAggregateFunction(groupUniqArrayArray(50), Array(String)) COMMENT 'at most 50 of them' CODEC(ZSTD(1)),
    first_seen SimpleAggregateFunction(min, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    last_seen SimpleAggregateFunction(max, DateTime64(3, 'UTC')) CODEC(ZSTD(1))
)
ENGINE = {{engine:AggregatingMergeTree}}
ORDER BY (tenant, fingerprint)
TTL toDateTime(last_seen) + INTERVAL 800 DAY
SETTINGS {{settings:deduplicated}};

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:error_groups_mv}} TO {{local:error_groups}} AS
SELECT
    tenant, fingerprint,
    anyLast(e.type) AS type,
    anyLast(e.title) AS title,
    anyLast(e.culprit) AS culprit,
    groupUniqArray(50)(toString(function)) AS functions,
    min(toDateTime64(at, 3, 'UTC')) AS first_seen,
    max(toDateTime64(at, 3, 'UTC')) AS last_seen
FROM {{local:span_errors}} AS e
GROUP BY tenant, fingerprint
