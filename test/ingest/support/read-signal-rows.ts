import { type RowReader, readAll } from './read-rows.js';

export type MetricPointRow = ReturnType<typeof metricPointRow>;

function metricPointRow(reader: RowReader) {
  const f64 = () => reader.f64();
  const u64 = () => reader.u64();
  return {
    tenant: reader.text(),
    environment: reader.text(),
    service: reader.text(),
    function: reader.text(),
    metric: reader.text(),
    kind: reader.u8(),
    temporality: reader.u8(),
    monotonic: reader.u8() === 1,
    unit: reader.text(),
    description: reader.text(),
    startedNs: reader.u64(),
    atNs: reader.u64(),
    noValue: reader.u8() === 1,
    value: reader.nullable(f64),
    intValue: reader.nullable(() => reader.i64()),
    count: reader.u64(),
    sum: reader.nullable(f64),
    min: reader.nullable(f64),
    max: reader.nullable(f64),
    bounds: reader.list(f64),
    bucketCounts: reader.list(u64),
    scale: reader.i32(),
    zeroCount: reader.u64(),
    zeroThreshold: reader.f64(),
    positiveOffset: reader.i32(),
    positiveCounts: reader.list(u64),
    negativeOffset: reader.i32(),
    negativeCounts: reader.list(u64),
    quantiles: reader.list(() => ({ quantile: reader.f64(), value: reader.f64() })),
    exemplars: reader.list(() => ({
      atNs: reader.u64(),
      value: reader.f64(),
      traceId: reader.hex(16),
      spanId: reader.hex(8),
      attributes: reader.map(),
    })),
    scope: reader.text(),
    resource: reader.map(),
    attributes: reader.map(),
    dimensions: reader.map(),
    receivedAtMs: reader.u64(),
  };
}

export type LogRow = ReturnType<typeof logRow>;

function logRow(reader: RowReader) {
  return {
    tenant: reader.text(),
    environment: reader.text(),
    service: reader.text(),
    function: reader.text(),
    atNs: reader.u64(),
    observedNs: reader.u64(),
    severity: reader.u8(),
    severityText: reader.text(),
    eventName: reader.text(),
    body: reader.text(),
    bodyKind: ['none', 'string', 'bool', 'int', 'double', 'array', 'map', 'bytes'][reader.u8()],
    invocationId: reader.text(),
    traceId: reader.hex(16),
    spanId: reader.hex(8),
    flags: reader.u32(),
    scope: reader.text(),
    resource: reader.map(),
    attributes: reader.map(),
    droppedAttributes: reader.u32(),
    receivedAtMs: reader.u64(),
  };
}

export type ReportRow = ReturnType<typeof reportRow>;

function reportRow(reader: RowReader) {
  return {
    tenant: reader.text(),
    environment: reader.text(),
    function: reader.text(),
    atNs: reader.u64(),
    invocationId: reader.text(),
    outcome: ['ok', 'error', 'timeout', 'oom', 'throttled', 'rejected'][reader.u8()],
    errorType: reader.text(),
    errorMessage: reader.text(),
    durationNs: reader.u64(),
    billedMs: reader.u64(),
    initNs: reader.u64(),
    memoryBytes: reader.u64(),
    memoryUsedBytes: reader.u64(),
    provider: reader.text(),
    platform: reader.text(),
    region: reader.text(),
    account: reader.text(),
    team: reader.text(),
    version: reader.text(),
    alias: reader.text(),
    arch: reader.text(),
    instance: reader.text(),
    traceId: reader.hex(16),
    spanId: reader.hex(8),
    receivedAtMs: reader.u64(),
  };
}

export function readReportRows(bytes: Uint8Array): ReportRow[] {
  return readAll(bytes, reportRow);
}

export function readMetricPointRows(bytes: Uint8Array): MetricPointRow[] {
  return readAll(bytes, metricPointRow);
}

export function readLogRows(bytes: Uint8Array): LogRow[] {
  return readAll(bytes, logRow);
}
