import { z } from 'zod';
import type { Sum } from '../../alerting/budget/budget.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

// The table of traces that the OpenTelemetry Collector's ClickHouse exporter makes, with its codecs, indexes and order.
const TABLE = `
  CREATE TABLE otel_traces (
    Timestamp DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    TraceId String CODEC(ZSTD(1)),
    SpanId String CODEC(ZSTD(1)),
    ParentSpanId String CODEC(ZSTD(1)),
    TraceState String CODEC(ZSTD(1)),
    SpanName LowCardinality(String) CODEC(ZSTD(1)),
    SpanKind LowCardinality(String) CODEC(ZSTD(1)),
    ServiceName LowCardinality(String) CODEC(ZSTD(1)),
    ResourceAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    ScopeName String CODEC(ZSTD(1)),
    ScopeVersion String CODEC(ZSTD(1)),
    SpanAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    Duration UInt64 CODEC(ZSTD(1)),
    StatusCode LowCardinality(String) CODEC(ZSTD(1)),
    StatusMessage String CODEC(ZSTD(1)),
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_duration Duration TYPE minmax GRANULARITY 1
  ) ENGINE = MergeTree PARTITION BY toDate(Timestamp) ORDER BY (ServiceName, SpanName, toDateTime(Timestamp))
  SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1`;

const FILL = `
  INSERT INTO otel_traces
  SELECT toDateTime64({untilS: UInt32}, 9) - toIntervalMillisecond(1 + number * {everyMs: UInt32}), hex(cityHash64(number)), hex(sipHash64(number)),
    '', '', 'invoke', 'Server', concat('f', toString(number % {functions: UInt32})),
    map('faas.name', concat('f', toString(number % {functions: UInt32})), 'cloud.region', 'eu-central-1'), 'bench', '1',
    map('faas.invocation_id', hex(cityHash64(number, 1)), 'faas.coldstart', 'false'), cityHash64(number) % 1000000000,
    if(cityHash64(number) % 500 = 0, 'Error', 'Ok'), ''
  FROM numbers({runs: UInt64})`;

const LEDGER = `
  INSERT INTO slo_ledger_1m (tenant, slo, shape, scope, minute, good, total, computed_ms)
  SELECT 'default', concat('raw-', ServiceName), {shape: String}, '', toStartOfMinute(Timestamp) AS minute,
    countIf(StatusCode != 'Error'), count(), 1
  FROM otel_traces GROUP BY ServiceName, minute`;

const ASKED = `
  SELECT arrayMap(n -> toFloat64(n), sumForEach(arrayMap(start -> if(toUnixTimestamp(Timestamp) >= start AND StatusCode != 'Error', 1, 0),
      {startsS: Array(UInt32)}))) AS good,
    arrayMap(n -> toFloat64(n), sumForEach(arrayMap(start -> if(toUnixTimestamp(Timestamp) >= start, 1, 0), {startsS: Array(UInt32)}))) AS total
  FROM otel_traces
  WHERE ServiceName = {function: String} AND SpanName = 'invoke'
    AND Timestamp >= toDateTime({fromS: UInt32}) AND Timestamp < toDateTime({endS: UInt32})`;

const Row = z.object({ good: z.array(z.number()), total: z.array(z.number()) });

export type CollectorRuns = {
  untilS: number;
  functions: number;
  runs: number;
  everyMs: number;
  shape: string;
};

/** Fills the exporter's table with runs, and the ledger's minutes with what they come to. */
export async function fillCollectorWay(warehouse: Warehouse, given: CollectorRuns): Promise<void> {
  const slowly = { timeoutMs: 300_000 };
  await warehouse.command(TABLE);
  await warehouse.command(FILL, { ...given }, slowly);
  await warehouse.command(LEDGER, { shape: given.shape }, slowly);
}

/** The same windows asked of raw rows. */
export async function askCollectorWay(
  warehouse: Warehouse,
  asked: { function: string; startsS: readonly number[]; endS: number },
): Promise<{ sums: Sum[] }> {
  const [row] = await warehouse.query(ASKED, { ...asked, fromS: Math.min(...asked.startsS) }, Row, {
    timeoutMs: 120_000,
  });
  return { sums: asked.startsS.map((_, at) => ({ good: row?.good[at] ?? 0, total: row?.total[at] ?? 0 })) };
}
