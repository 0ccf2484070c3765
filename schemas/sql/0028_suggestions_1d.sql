-- What invocations can be filtered by: for each day the most frequent values of each dimension, for suggestions while
-- typing. Never more than 200 (customers, messages of errors and the like have no bound) and never read by a scan of rows.
-- What the rollup by minute has is taken from it, already summed: a second pass over all rows would cost an insert more.
CREATE TABLE IF NOT EXISTS {{table:suggestions_1d sharded by cityHash64(tenant, environment)}}
(
    tenant LowCardinality(String),
    day Date,
    environment LowCardinality(String),
    function AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    version AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    region AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    team AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    provider AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    account AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    trigger AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    error_type AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    product AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    feature AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    customer AggregateFunction(topK(200), String) CODEC(ZSTD(1)),
    http_status AggregateFunction(topK(200), UInt16) CODEC(ZSTD(1))
)
ENGINE = {{engine:AggregatingMergeTree}}
PARTITION BY toYYYYMM(day)
ORDER BY (tenant, day, environment)
TTL day + INTERVAL 31 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:suggestions_1d_mv}} TO {{local:suggestions_1d}} AS
SELECT
    tenant, toDate(minute) AS day, environment,
    topKState(200)(toString(m.function)) AS function,
    topKState(200)(toString(m.version)) AS version,
    topKState(200)(toString(m.region)) AS region,
    topKState(200)(toString(m.team)) AS team,
    topKState(200)(toString(m.provider)) AS provider,
    topKState(200)(toString(m.account)) AS account,
    topKState(200)(toString(m.trigger)) AS trigger
FROM {{local:invocations_1m}} AS m
GROUP BY tenant, day, environment;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:suggestions_1d_rows_mv}} TO {{local:suggestions_1d}} AS
SELECT
    tenant, toDate(started_at) AS day, environment,
    topKState(200)(toString(i.error_type)) AS error_type,
    topKState(200)(toString(i.product)) AS product,
    topKState(200)(toString(i.feature)) AS feature,
    topKState(200)(i.customer) AS customer,
    topKState(200)(i.http_status) AS http_status
FROM {{local:invocations}} AS i
GROUP BY tenant, day, environment
