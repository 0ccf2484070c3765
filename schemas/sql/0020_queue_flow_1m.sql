-- What spans say of messages by queue and minute: how many were sent and taken, by whom, and one message as a sample. Fed
-- only by producer and consumer spans that name a destination, so other spans cost the look at their kind.
CREATE TABLE IF NOT EXISTS {{table:queue_flow_1m sharded by cityHash64(tenant, queue)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    queue LowCardinality(String),
    minute DateTime('UTC') CODEC(Delta, ZSTD(1)),
    system LowCardinality(String),
    service LowCardinality(String) COMMENT 'who sent or took them',
    side Enum8('sent' = 1, 'taken' = 2),
    messages SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    failed SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD(1)),
    sample SimpleAggregateFunction(max, Tuple(DateTime64(9, 'UTC'), String, FixedString(16)))
        COMMENT 'time, message id and trace of the latest one that has an id' CODEC(ZSTD(1))
)
ENGINE = {{engine:AggregatingMergeTree}}
PARTITION BY toYYYYMM(minute)
PRIMARY KEY (tenant, environment, queue, minute)
ORDER BY (tenant, environment, queue, minute, system, service, side)
TTL minute + INTERVAL 95 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:queue_flow_1m_mv}} TO {{local:queue_flow_1m}} AS
SELECT
    tenant, environment, queue, minute, system, service, side,
    sum(many) AS messages,
    sum(if(has_failed, many, 0)) AS failed,
    max((if(message_id = '', fromUnixTimestamp64Nano(0, 'UTC'), started_at), message_id, trace_id)) AS sample
FROM
(
    WITH
        JSONExtract(attribute_keys, 'Array(String)') AS names,
        JSONExtract(attribute_values, 'Array(String)') AS texts,
        -- Of a key that is not there the place is 0, and the text at 0 is ''. Former names come second.
        if(has(names, 'messaging.destination.name'), texts[indexOf(names, 'messaging.destination.name')], texts[indexOf(names, 'messaging.destination')]) AS destination
    SELECT
        tenant, environment, destination AS queue, toStartOfMinute(started_at) AS minute,
        texts[indexOf(names, 'messaging.system')] AS system,
        service,
        if(kind = 'producer', 'sent', 'taken') AS side,
        greatest(1, toUInt64OrZero(texts[indexOf(names, 'messaging.batch.message_count')])) AS many,
        status = 'error' AS has_failed,
        if(has(names, 'messaging.message.id'), texts[indexOf(names, 'messaging.message.id')], texts[indexOf(names, 'messaging.message_id')]) AS message_id,
        started_at, trace_id
    FROM {{local:spans}}
    WHERE kind IN ('producer', 'consumer') AND position(attribute_keys, '"messaging.destination') > 0
)
WHERE queue != ''
GROUP BY ALL
