-- What platforms count themselves, one row a figure told: the authority on totals, throttles and concurrency. A figure told
-- again replaces the earlier one and is never added. Counters that run on stay as they came and are told apart by `series`
-- and `started_at`; their differences are taken when read, so late points are exact.
CREATE TABLE IF NOT EXISTS {{table:provider_counts sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String) COMMENT 'empty: the provider does not know it',
    function LowCardinality(String),
    metric LowCardinality(String) COMMENT 'the same name whoever counts: invocations, errors, throttles, …',
    minute DateTime('UTC') COMMENT 'in which what was counted ended' CODEC(Delta, ZSTD(1)),
    source LowCardinality(String),
    region LowCardinality(String),
    account LowCardinality(String),
    alias LowCardinality(String) COMMENT 'only a part of the function: what was called by this alias or version; empty: all of it',
    version LowCardinality(String) COMMENT 'only a part of the function: what this version ran; empty: all of it',
    series UInt64 CODEC(ZSTD(1)),
    kind Enum8('count' = 1, 'running' = 2, 'level' = 3) COMMENT 'count: of a period; running: since started_at; level: the highest in a period',
    started_at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    value Float64 CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:ReplacingMergeTree(received_at)}}
PARTITION BY toYYYYMM(minute)
PRIMARY KEY (tenant, metric, environment, function, minute)
ORDER BY (tenant, metric, environment, function, minute, source, region, account, alias, version, series, started_at, at)
TTL minute + INTERVAL 95 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

-- CloudWatch's metric streams, in periods. Its dimension sets overlap, so each becomes rows of its own and only the set
-- {FunctionName} counts for a function.
CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:provider_counts_cloudwatch_mv}} TO {{local:provider_counts}} AS
WITH
    substring(m.metric, 26) AS name,
    transform(name,
        ['Invocations', 'Errors', 'Throttles', 'DeadLetterErrors', 'DestinationDeliveryFailures', 'OversizedRecordCount',
            'ProvisionedConcurrencyInvocations', 'ProvisionedConcurrencySpilloverInvocations', 'RecursiveInvocationsDropped',
            'AsyncEventsReceived', 'AsyncEventsDropped'],
        ['invocations', 'errors', 'throttles', 'dead_letter_errors', 'destination_delivery_failures', 'oversized_records',
            'provisioned_invocations', 'provisioned_spillover_invocations', 'recursive_invocations_dropped',
            'async_events_received', 'async_events_dropped'], '') AS counted,
    transform(name,
        ['ConcurrentExecutions', 'ProvisionedConcurrentExecutions', 'ProvisionedConcurrencyUtilization', 'IteratorAge',
            'AsyncEventAge', 'OffsetLag'],
        ['concurrent_executions', 'provisioned_concurrent_executions', 'provisioned_utilization_ratio', 'iterator_age_ms',
            'async_event_age_ms', 'offset_lag'], '') AS highest,
    dimensions['Resource'] AS called
SELECT
    tenant, environment, dimensions['FunctionName'] AS function,
    if(counted != '', counted, highest) AS metric,
    toStartOfMinute(toDateTime(m.at - toIntervalNanosecond(1), 'UTC')) AS minute,
    'cloudwatch' AS source,
    resource['cloud.region'] AS region,
    resource['cloud.account.id'] AS account,
    if(position(called, ':') > 0, substring(called, position(called, ':') + 1), if(called = '', '', '$LATEST')) AS alias,
    dimensions['ExecutedVersion'] AS version,
    0 AS series,
    if(counted != '', 'count', 'level') AS kind,
    started_at, at,
    if(counted != '', ifNull(sum, 0), arrayMax(q -> if(q.1 = 1, q.2, -inf), quantiles)) AS value,
    received_at
FROM {{local:metric_points}} AS m
WHERE startsWith(m.metric, 'amazonaws.com/AWS/Lambda/') AND m.kind = 'summary' AND NOT no_value
    AND (counted != '' OR highest != '' AND arrayExists(q -> q.1 = 1, quantiles))
    AND dimensions['FunctionName'] != ''
    AND arrayAll(key -> key IN ('FunctionName', 'Resource', 'ExecutedVersion'), mapKeys(dimensions))
