-- Every metric data point as it came. What a kind does not have is null, empty or 0; counts and quantiles stay exact.
CREATE TABLE IF NOT EXISTS {{table:metric_points sharded by cityHash64(tenant, function)}}
(
    tenant LowCardinality(String),
    environment LowCardinality(String),
    service LowCardinality(String),
    function LowCardinality(String),
    metric LowCardinality(String),
    kind Enum8('gauge' = 1, 'sum' = 2, 'histogram' = 3, 'exponential_histogram' = 4, 'summary' = 5),
    temporality Enum8('unspecified' = 0, 'delta' = 1, 'cumulative' = 2),
    monotonic Bool,
    unit LowCardinality(String),
    description LowCardinality(String),
    started_at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    no_value Bool,
    value Nullable(Float64) CODEC(ZSTD(1)),
    int_value Nullable(Int64) CODEC(ZSTD(1)),
    count UInt64 CODEC(T64, ZSTD(1)),
    sum Nullable(Float64) CODEC(ZSTD(1)),
    min Nullable(Float64) CODEC(ZSTD(1)),
    max Nullable(Float64) CODEC(ZSTD(1)),
    bounds Array(Float64) CODEC(ZSTD(1)),
    bucket_counts Array(UInt64) CODEC(ZSTD(1)),
    scale Int32,
    zero_count UInt64 CODEC(T64, ZSTD(1)),
    zero_threshold Float64 CODEC(ZSTD(1)),
    positive_offset Int32,
    positive_counts Array(UInt64) CODEC(ZSTD(1)),
    negative_offset Int32,
    negative_counts Array(UInt64) CODEC(ZSTD(1)),
    quantiles Array(Tuple(quantile Float64, value Float64)) CODEC(ZSTD(1)),
    exemplars Array(Tuple(at DateTime64(9, 'UTC'), value Float64, trace_id FixedString(16), span_id FixedString(8), attributes Map(String, String))) CODEC(ZSTD(1)),
    scope LowCardinality(String),
    resource Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    dimensions Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = {{engine:MergeTree}}
PARTITION BY toYYYYMMDD(at)
ORDER BY (tenant, metric, environment, function, at)
TTL toDateTime(at) + INTERVAL 30 DAY
SETTINGS {{settings:deduplicated}}, ttl_only_drop_parts = 1
