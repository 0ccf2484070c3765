-- Invocations summed by minute. Money and SLIs are sums over this; what may differ between two prices, owners or versions
-- is in the key. Rows of a correction add up with those they correct, so late news lands in the right minute. Sums are in
-- units no finer than anyone reads, because each digit takes disk for as long as the row lives.
CREATE TABLE IF NOT EXISTS {{table:invocations_1m sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    function LowCardinality(String),
    minute DateTime('UTC') CODEC(Delta, ZSTD(1)),
    version LowCardinality(String),
    alias LowCardinality(String),
    region LowCardinality(String),
    team LowCardinality(String),
    provider LowCardinality(String),
    platform LowCardinality(String),
    account LowCardinality(String),
    arch LowCardinality(String),
    trigger LowCardinality(String),
    billing LowCardinality(String),
    billed_memory_mb UInt32,
    cold Bool,
    outcome Enum8('ok' = 0, 'error' = 1, 'timeout' = 2, 'oom' = 3, 'throttled' = 4, 'rejected' = 5),
    source Enum8('span' = 0, 'report' = 1, 'inferred' = 2),
    weight Float64,
    n SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    retries SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    duplicates SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    superseded SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    reported SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    duration_us SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    init_ns SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    billed_ms SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    billed_cpu_us SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    request_units SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    memory_told SimpleAggregateFunction(sum, Int64) COMMENT 'how many told both memory used and memory given' CODEC(T64, ZSTD(1)),
    memory_used_permille SimpleAggregateFunction(sum, Int64) COMMENT 'sum of used / given in thousandths' CODEC(T64, ZSTD(1)),
    memory_used_bytes_max SimpleAggregateFunction(max, UInt64) CODEC(T64, ZSTD(1)),
    event_age_told SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    event_age_ms SimpleAggregateFunction(sum, Int64) CODEC(T64, ZSTD(1)),
    answered_errors SimpleAggregateFunction(sum, Int64) COMMENT 'failed only by the HTTP status they answered: no provider counts them, since to it they ran well' CODEC(T64, ZSTD(1)),
    ended_after_s SimpleAggregateFunction(max, UInt32) COMMENT 'end of the last to end, seconds from the start of the minute' CODEC(T64, ZSTD(1))
)
ENGINE = {{engine:AggregatingMergeTree}}
PARTITION BY toYYYYMM(minute)
PRIMARY KEY (tenant, environment, function, minute)
ORDER BY (tenant, environment, function, minute, version, alias, region, team, provider, platform, account, arch, trigger,
    billing, billed_memory_mb, cold, outcome, source, weight)
TTL minute + INTERVAL 95 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:invocations_1m_mv}} TO {{local:invocations_1m}} AS
SELECT
    tenant, environment, function, toStartOfMinute(started_at) AS minute,
    version, alias, region, team, provider, platform, account, arch, trigger, billing, billed_memory_mb,
    cold, outcome, source, weight,
    sum(sign) AS n,
    sum(sign * (attempt > 1 AND NOT duplicate)) AS retries,
    sum(sign * duplicate) AS duplicates,
    sum(sign * superseded) AS superseded,
    sum(sign * reported) AS reported,
    sum(sign * toInt64(intDiv(i.duration_ns, 1000))) AS duration_us,
    sum(sign * toInt64(init_ns)) AS init_ns,
    sum(sign * toInt64(billed_ms)) AS billed_ms,
    sum(sign * toInt64(billed_cpu_us)) AS billed_cpu_us,
    sum(sign * toInt64(request_units)) AS request_units,
    sum(sign * (memory_used_bytes > 0 AND memory_bytes > 0)) AS memory_told,
    sum(sign * if(memory_bytes > 0, toInt64(intDiv(memory_used_bytes * 1000, memory_bytes)), 0)) AS memory_used_permille,
    max(memory_used_bytes) AS memory_used_bytes_max,
    sum(sign * isNotNull(i.event_age_ms)) AS event_age_told,
    sum(sign * toInt64(ifNull(event_age_ms, 0))) AS event_age_ms,
    sum(sign * (outcome = 'error' AND http_status >= 500 AND error_type = toString(http_status))) AS answered_errors,
    max(toUInt32(intDiv(toUnixTimestamp64Nano(started_at) % 60000000000 + toInt64(i.duration_ns), 1000000000))) AS ended_after_s
FROM {{local:invocations}} AS i
GROUP BY ALL
