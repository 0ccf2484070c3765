import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { OTLPLogExporter as GrpcLogs } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter as JsonLogs } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtobufLogs } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter as GrpcMetrics } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufMetrics } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as GrpcTraces } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufTraces } from '@opentelemetry/exporter-trace-otlp-proto';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { z } from 'zod';
import { logsColumns } from '../../ingest/rows/logs-columns.js';
import { metricPointsColumns } from '../../ingest/rows/metric-points-columns.js';
import { platformReportsColumns } from '../../ingest/rows/platform-reports-columns.js';
import type { Ingest } from '../../ingest/start-ingest.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { migratedWarehouse } from '../support/migrated-warehouse.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';
import { waitUntil } from '../support/wait-until.js';
import { runIngest } from './support/running-ingest.js';
import { sdkLogs, sdkMetrics } from './support/sdk-signals.js';
import { sdkSpans } from './support/sdk-spans.js';

let dir: TempDir;
let warehouse: Warehouse;
let ingest: Ingest;

before(async () => {
  dir = await tempDir();
  warehouse = await migratedWarehouse(join(dir.path, 'data'));
  ingest = await runIngest(join(dir.path, 'spool'), (segment, options) =>
    warehouse.insertSegment(segment, options),
  );
});

after(async () => {
  await ingest?.stop(5000);
  await warehouse?.close();
  await dir?.remove();
});

const COLUMNS = `
  SELECT name, type FROM system.columns
  WHERE database = currentDatabase() AND table = {table: String} ORDER BY position`;

for (const [table, columns] of Object.entries({
  metric_points: metricPointsColumns,
  logs: logsColumns,
  platform_reports: platformReportsColumns,
})) {
  test(`the ${table} columns are written in the order and types of the real table`, async () => {
    const Row = z.object({ name: z.string(), type: z.string() });
    const real = await warehouse.query(COLUMNS, { table }, Row);
    const plain = ({ name, type }: { name: string; type: string }) => ({
      name,
      type: type.replaceAll('`', ''),
    });
    assert.deepEqual(columns.map(plain), real.map(plain));
  });
}

/** What all exporters of the SDK have in common. */
type Exporter<Items> = {
  export(items: Items, done: (result: { code: number; error?: Error }) => void): void;
  shutdown(): Promise<void>;
};

async function send<Items>(exporter: Exporter<Items>, items: Items): Promise<void> {
  const { code, error } = await new Promise<{ code: number; error?: Error }>((resolve) =>
    exporter.export(items, resolve),
  );
  await exporter.shutdown();
  assert.equal(code, 0, error?.message);
}

const gzip = CompressionAlgorithm.GZIP;
const http = (signal: string) => ({ url: `http://127.0.0.1:${ingest.port}/v1/${signal}` });
const grpc = () => ({ url: `http://127.0.0.1:${ingest.grpcPort}` });

const METRICS = `
  SELECT metric, kind, temporality, monotonic, unit, value, int_value AS intValue, count, sum, min, max, bounds,
    bucket_counts AS bucketCounts, scale, zero_count AS zeroCount, arraySum(positive_counts) AS positive, attributes,
    scope, function
  FROM metric_points WHERE service = {service: String} ORDER BY metric`;

const whole = z.coerce.number();
const MetricRow = z.object({
  metric: z.string(),
  kind: z.string(),
  temporality: z.string(),
  monotonic: z.boolean(),
  unit: z.string(),
  value: z.number().nullable(),
  intValue: whole.nullable(),
  count: whole,
  sum: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  bounds: z.array(z.number()),
  bucketCounts: z.array(whole),
  scale: z.number(),
  zeroCount: whole,
  positive: whole,
  attributes: z.record(z.string(), z.string()),
  scope: z.string(),
  function: z.string(),
});

const bare = {
  temporality: 'delta',
  monotonic: false,
  unit: '',
  value: null,
  intValue: null,
  count: 0,
  sum: null,
  min: null,
  max: null,
  bounds: [],
  bucketCounts: [],
  scale: 0,
  zeroCount: 0,
  positive: 0,
  attributes: {},
  scope: 'test-meter',
};

for (const [name, open] of Object.entries({
  'protobuf over HTTP': () => new ProtobufMetrics(http('metrics')),
  'JSON over HTTP': () => new JsonMetrics(http('metrics')),
  'gzip over HTTP': () => new ProtobufMetrics({ ...http('metrics'), compression: gzip }),
  gRPC: () => new GrpcMetrics(grpc()),
  'gzip over gRPC': () => new GrpcMetrics({ ...grpc(), compression: gzip }),
})) {
  test(`metrics of every kind sent by the SDK as ${name} are in the table with their figures`, async () => {
    const service = `metrics ${name}`;
    await send(open(), await sdkMetrics({ 'service.name': service, 'faas.name': 'orders' }));
    const read = () => warehouse.query(METRICS, { service }, MetricRow);
    await waitUntil('the points can be queried', async () => (await read()).length > 0);
    const rows = await read();
    const expected = [
      {
        metric: 'c',
        kind: 'sum',
        monotonic: true,
        unit: '{run}',
        value: 3,
        attributes: { 'faas.trigger': 'http' },
      },
      {
        metric: 'e',
        kind: 'exponential_histogram',
        unit: 's',
        count: 4,
        sum: 7,
        min: 0,
        max: 4,
        zeroCount: 1,
        positive: 3,
        scale: 6,
      },
      { metric: 'g', kind: 'gauge', temporality: 'unspecified', value: 0.25 },
      {
        metric: 'h',
        kind: 'histogram',
        unit: 's',
        count: 3,
        sum: 55.5,
        min: 0.5,
        max: 50,
        bounds: [1, 10],
        bucketCounts: [1, 1, 1],
      },
      { metric: 'u', kind: 'sum', value: -2.5 },
    ];
    assert.deepEqual(
      rows,
      expected.map((row) => ({ ...bare, function: 'orders', ...row })),
    );
  });
}

const LOGS = `
  SELECT severity, severity_text AS severityText, event_name AS eventName, body, body_kind AS bodyKind,
    invocation_id AS invocationId, attributes, scope, function
  FROM logs WHERE service = {service: String} ORDER BY severity`;

const LogRow = z.object({
  severity: z.number(),
  severityText: z.string(),
  eventName: z.string(),
  body: z.string(),
  bodyKind: z.string(),
  invocationId: z.string(),
  attributes: z.record(z.string(), z.string()),
  scope: z.string(),
  function: z.string(),
});

for (const [name, open] of Object.entries({
  'protobuf over HTTP': () => new ProtobufLogs(http('logs')),
  'JSON over HTTP': () => new JsonLogs(http('logs')),
  gRPC: () => new GrpcLogs(grpc()),
})) {
  test(`logs sent by the SDK as ${name} are in the table, a REPORT line with its invocation`, async () => {
    const service = `logs ${name}`;
    await send(open(), await sdkLogs({ 'service.name': service }));
    const read = () => warehouse.query(LOGS, { service }, LogRow);
    await waitUntil('the records can be queried', async () => (await read()).length > 0);
    const bareLog = { severityText: '', eventName: '', invocationId: '', attributes: {} };
    const expected = [
      {
        severity: 0,
        body: '{"record":{"metrics":{"durationMs":1.5}}}',
        bodyKind: 'map',
        attributes: { n: '1' },
      },
      {
        severity: 9,
        severityText: 'INFO',
        body: 'REPORT RequestId: r1 Duration: 1.5 ms',
        bodyKind: 'string',
        invocationId: 'r1',
        attributes: { type: 'platform.report', 'faas.invocation_id': 'r1' },
      },
      { severity: 17, eventName: 'faas.invocation.exception', body: '', bodyKind: 'none' },
    ];
    assert.deepEqual(
      await read(),
      expected.map((row) => ({ ...bareLog, scope: 'test-logger', function: service, ...row })),
    );
  });
}

const REPORTS = `
  SELECT invocation_id AS invocationId, toString(outcome) AS outcome, duration_ns AS durationNs FROM platform_reports
  WHERE function = {service: String}`;

test('a REPORT line sent by the SDK is a platform report too', async () => {
  const service = 'reports';
  await send(new ProtobufLogs(http('logs')), await sdkLogs({ 'service.name': service }));
  const Row = z.object({ invocationId: z.string(), outcome: z.string(), durationNs: whole });
  const read = () => warehouse.query(REPORTS, { service }, Row);
  await waitUntil('the report can be queried', async () => (await read()).length > 0);
  assert.deepEqual(await read(), [{ invocationId: 'r1', outcome: 'ok', durationNs: 1_500_000 }]);
});

const SPANS = 'SELECT name FROM spans WHERE service = {service: String}';

for (const [name, open] of Object.entries({
  'protobuf over HTTP': () => new ProtobufTraces(http('traces')),
  'JSON over HTTP': () => new JsonTraces(http('traces')),
  gRPC: () => new GrpcTraces(grpc()),
  'gzip over gRPC': () => new GrpcTraces({ ...grpc(), compression: gzip }),
})) {
  test(`a span sent by the SDK as ${name} is in the table`, async () => {
    const service = `spans ${name}`;
    await send(
      open(),
      sdkSpans({ 'service.name': service }, (tracer) => tracer.startSpan('run').end()),
    );
    const read = () => warehouse.query(SPANS, { service }, z.object({ name: z.string() }));
    await waitUntil('the span can be queried', async () => (await read()).length > 0);
    assert.deepEqual(await read(), [{ name: 'run' }]);
  });
}
