-- What metrics say of queues: of each series the last figure a minute. Metrics with names known here are kept narrow, since
-- reading their points costs fifty times as much; others can be named in the configuration and are read from metric_points.
CREATE TABLE IF NOT EXISTS {{table:queue_depths sharded by cityHash64(tenant, queue)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    queue LowCardinality(String),
    measure LowCardinality(String) COMMENT 'depth, inFlight, ageMs: levels; sent, received: of the minute',
    minute DateTime('UTC') CODEC(Delta, ZSTD(1)),
    series UInt64 COMMENT 'a region, partition, node or state: figures of several add up' CODEC(ZSTD(1)),
    system LowCardinality(String),
    figure Float64 CODEC(ZSTD(1)),
    at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:ReplacingMergeTree(at)}}
PARTITION BY toYYYYMM(minute)
PRIMARY KEY (tenant, environment, queue, measure, minute)
ORDER BY (tenant, environment, queue, measure, minute, series)
TTL minute + INTERVAL 95 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

-- Sources: CloudWatch (AWS/SQS), Knative 1.19, and the Collector's receivers for RabbitMQ, Kafka and Google Cloud.
CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:queue_depths_mv}} TO {{local:queue_depths}} AS
WITH
    transform(m.metric,
        ['amazonaws.com/AWS/SQS/ApproximateNumberOfMessagesVisible', 'amazonaws.com/AWS/SQS/ApproximateNumberOfMessagesNotVisible',
            'amazonaws.com/AWS/SQS/ApproximateAgeOfOldestMessage', 'amazonaws.com/AWS/SQS/NumberOfMessagesSent',
            'amazonaws.com/AWS/SQS/NumberOfMessagesReceived', 'kn.serving.queue.depth', 'rabbitmq.message.current',
            'kafka.consumer_group.lag', 'pubsub.googleapis.com/subscription/num_undelivered_messages',
            'pubsub.googleapis.com/subscription/oldest_unacked_message_age'],
        ['depth', 'inFlight', 'ageSeconds', 'sent', 'received', 'depth', 'depth', 'depth', 'depth', 'ageSeconds'], '') AS told,
    startsWith(m.metric, 'amazonaws.com/') AS is_sqs,
    arrayFirst(text -> text != '', multiIf(
        is_sqs, [dimensions['QueueName']],
        startsWith(m.metric, 'kn.'), [attributes['kn.service.name'], resource['kn.service.name']],
        startsWith(m.metric, 'rabbitmq.'), [resource['rabbitmq.queue.name'], attributes['rabbitmq.queue.name']],
        startsWith(m.metric, 'kafka.'), [attributes['topic']],
        [resource['subscription_id'], attributes['subscription_id']])) AS named
SELECT
    tenant, environment, named AS queue,
    if(told = 'ageSeconds', 'ageMs', told) AS measure,
    toStartOfMinute(toDateTime(m.at - toIntervalNanosecond(1), 'UTC')) AS minute,
    cityHash64(mapKeys(resource), mapValues(resource), mapKeys(attributes), mapValues(attributes)) AS series,
    multiIf(is_sqs, 'aws_sqs', startsWith(m.metric, 'rabbitmq.'), 'rabbitmq', startsWith(m.metric, 'kafka.'), 'kafka',
        startsWith(m.metric, 'pubsub.'), 'gcp_pubsub', '') AS system,
    multiIf(
        m.kind != 'summary', ifNull(m.value, 0.),
        told IN ('sent', 'received'), ifNull(m.sum, 0.),
        arrayMax(q -> if(q.1 = 1, q.2, 0.), m.quantiles)) * if(told = 'ageSeconds', 1000., 1.) AS figure,
    m.at AS at
FROM {{local:metric_points}} AS m
WHERE told != '' AND NOT no_value AND named != ''
