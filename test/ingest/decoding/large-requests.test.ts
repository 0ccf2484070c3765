import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { status } from '@grpc/grpc-js';
import { largeBytes } from '../../../ingest/decoding/decoder.js';
import type { Ingest, IngestConfig } from '../../../ingest/start-ingest.js';
import type { SegmentFile } from '../../../warehouse/warehouse.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { waitUntil } from '../../support/wait-until.js';
import { receivedAtMs } from '../support/decode.js';
import { exportPath, rawClient } from '../support/grpc-client.js';
import { toJson } from '../support/otlp-json.js';
import { sendRaw, statusMessage } from '../support/raw-http.js';
import { readInvocationRows, readSpanRows } from '../support/read-rows.js';
import { readLogRows, readMetricPointRows } from '../support/read-signal-rows.js';
import { runIngest } from '../support/running-ingest.js';
import { cloudWatchRequest, delimited, firehoseBody } from '../support/sample-firehose.js';
import { gaugeRequest, logsMessage } from '../support/sample-items.js';
import { goodSpan, jsonRequest, keyValues, startNs } from '../support/sample-span.js';
import { wideLimits } from '../support/wide-limits.js';

let dir: TempDir;
let ingest: Ingest;
let rows: Map<string, Buffer>;

/** Keeps the bytes of the rows of each table. */
const insert = async ({ table, path }: SegmentFile): Promise<void> => {
  rows.set(table, Buffer.concat([rows.get(table) ?? Buffer.alloc(0), await readFile(path)]));
};

async function open(config: Partial<IngestConfig> = {}): Promise<void> {
  ingest = await runIngest(join(dir.path, 'spool'), insert, {
    config: { maxBodyBytes: 16 * 1024 * 1024, insertEveryMs: 10, ...config },
    nowMs: () => receivedAtMs + performance.now(),
  });
}

beforeEach(async () => {
  rows = new Map();
  dir = await tempDir();
});
afterEach(async () => {
  await ingest.stop(2000);
  await dir.remove();
});

const json = { 'content-type': 'application/json' };
const post = (path: string, body: Buffer, headers: Record<string, string> = json) =>
  sendRaw(ingest.port, body, headers, { path });
const traces = async (body: Buffer) => assert.equal((await post('/v1/traces', body)).status, 200);
const of = (table: string): Buffer => rows.get(table) ?? Buffer.alloc(0);
const spans = () => readSpanRows(of('spans'), new Map());
const runs = () => readInvocationRows(of('invocations'));

/** Beside anything else, what makes a request a large one. */
const filler = {
  ...goodSpan,
  kind: 1,
  parentSpanId: 'b7ad6b7169203332',
  spanId: 'ffffffffffffffff',
  attributes: keyValues({ filler: 'x'.repeat(largeBytes) }),
};
const hexId = (index: number) => (index + 1).toString(16).padStart(16, '0');
const manySpans = Array.from({ length: 3000 }, (_, index) => ({
  ...goodSpan,
  spanId: hexId(index),
  attributes: keyValues({ index, text: `${index}`.padEnd(200, '.') }),
}));
const pointAt = (index: number) => ({
  timeUnixNano: `${receivedAtMs}000000`,
  asDouble: index,
  attributes: keyValues({ index, text: `${index}`.padEnd(200, '.') }),
});
const points = Array.from({ length: 3000 }, (_, index) => pointAt(index));

test('large requests of every signal and encoding are stored whole, and their repetition is not', async () => {
  await open();
  const body = jsonRequest(manySpans);
  const logs = points.map(({ timeUnixNano, attributes }) => ({ timeUnixNano, attributes }));
  const gauge = gaugeRequest(points);
  assert.ok(body.length > largeBytes && gauge.length > largeBytes);
  const gzip = { ...json, 'content-encoding': 'gzip' };
  for (const again of [false, true]) {
    const answers = [
      await post('/v1/traces', gzipSync(body), gzip),
      await post('/v1/metrics', gauge, { 'content-type': 'application/x-protobuf' }),
      await post('/v1/logs', toJson(logsMessage(logs), false)),
    ];
    for (const answer of answers) assert.equal(answer.status, 200, `${again} ${answer.body.toString()}`);
  }
  await waitUntil('all rows are in', () => ingest.stats().spool.segments === 0);
  assert.deepEqual(
    spans().map(({ spanId }) => spanId),
    manySpans.map(({ spanId }) => spanId),
  );
  assert.equal(runs().length, manySpans.length);
  assert.deepEqual(
    readMetricPointRows(of('metric_points')).map(({ value }) => value),
    points.map(({ asDouble }) => asDouble),
  );
  assert.equal(readLogRows(of('logs')).length, logs.length);
  const { counts } = ingest.stats();
  assert.equal(counts.duplicateRequests, 3);
});

test('a large call over gRPC, and a large delivery of Firehose', async () => {
  await open();
  const client = rawClient(ingest.grpcPort, { 'grpc.max_send_message_length': -1 });
  assert.equal((await client.call(exportPath('metrics'), gaugeRequest(points))).code, status.OK);
  client.close();
  const record = delimited(cloudWatchRequest(receivedAtMs));
  const delivery = firehoseBody(
    'one',
    Array.from({ length: 2000 }, () => record),
  );
  assert.ok(delivery.length > largeBytes);
  const headers = { ...json, 'x-amz-firehose-request-id': 'one' };
  assert.equal((await post('/v1/firehose', delivery, headers)).status, 200);
  const other = await post('/v1/firehose', delivery, { ...headers, 'x-amz-firehose-request-id': 'two' });
  assert.equal(other.status, 400);
  assert.match(other.body.toString(), /of request .*one.* but the header of .*two/);
  await waitUntil('all rows are in', () => ingest.stats().spool.segments === 0);
  assert.equal(readMetricPointRows(of('metric_points')).length, points.length + 2000);
});

test('a large body that cannot be read is refused with the place, and leaves nothing', async () => {
  await open();
  const answer = await post('/v1/traces', jsonRequest([filler, filler]).subarray(0, -1));
  assert.equal(answer.status, 400);
  assert.match(statusMessage(answer), /at byte \d+/);
  const partly = await post('/v1/traces', jsonRequest([filler, { ...goodSpan, traceId: '00' }]));
  assert.match(partly.body.toString(), /"rejectedSpans":"1"/);
  await waitUntil('all rows are in', () => ingest.stats().spool.segments === 0);
  assert.deepEqual(
    spans().map(({ spanId }) => spanId),
    [filler.spanId],
  );
  assert.equal(ingest.ofTenant('default').badPayloads.length, 2);
});

test('a small request is acknowledged while a large one is being read', async () => {
  await open();
  const order: string[] = [];
  const slow = jsonRequest(
    Array.from({ length: 40_000 }, (_, index) => ({ ...goodSpan, spanId: hexId(index) })),
  );
  const large = traces(slow).then(() => order.push('large'));
  await waitUntil('the large one has arrived', () => ingest.stats().counts.requests === 1);
  for (let index = 0; index < 3; index++) {
    await traces(jsonRequest([{ ...goodSpan, spanId: hexId(90_000 + index) }]));
    order.push('small');
  }
  await large;
  assert.deepEqual(order, ['small', 'small', 'small', 'large']);
});

const extension = { 'faas.invoked_provider': 'aws', 'faas.name': 'orders' };
const sdk = { 'cloud.platform': 'aws_lambda', 'faas.name': 'orders' };
const init = {
  ...goodSpan,
  kind: 1,
  name: 'init orders',
  startTimeUnixNano: String(startNs - 305_000_000n),
  endTimeUnixNano: String(startNs - 5_000_000n),
  attributes: keyValues({ 'faas.coldstart': true }),
};
const cold = { ...goodSpan, attributes: keyValues({ 'faas.invocation_id': 'r', 'faas.coldstart': true }) };

for (const large of ['init', 'run']) {
  test(`an init finds its cold run when only the ${large} came in a large request`, async () => {
    await open();
    await traces(jsonRequest(large === 'init' ? [init, filler] : [init], extension));
    await traces(jsonRequest(large === 'run' ? [cold, filler] : [cold], sdk));
    await traces(jsonRequest([{ ...cold, spanId: hexId(1) }], sdk));
    await waitUntil('all rows are in', () => ingest.stats().spool.segments === 0);
    const found = runs().filter(({ invocationId }) => invocationId === 'r');
    assert.deepEqual(
      found.map(({ initNs }) => initNs),
      [300_000_000n, 0n],
    );
  });
}

test('limits on names hold over small and large requests together', async () => {
  await open({ limits: { ...wideLimits, functions: 2 } });
  const of = async (service: string, spansOf: readonly object[]) =>
    (await post('/v1/traces', jsonRequest(spansOf, { 'service.name': service }))).body.toString();
  assert.equal(await of('small', [goodSpan]), '{}');
  assert.equal(await of('large', [filler]), '{}');
  assert.match(await of('third', [goodSpan]), /functions/);
  assert.match(await of('third', [filler]), /functions/);
  assert.equal(await of('large', [{ ...goodSpan, spanId: hexId(1) }]), '{}');
  assert.equal(await of('small', [{ ...filler, spanId: hexId(2) }]), '{}');
});

test('a trace kept for what a large request told is kept in small ones, and the other way round', async () => {
  await open({ sampling: { spansRatio: 0, logsRatio: 0, slowMs: 1000 } });
  const inner = (traceId: string, spanId: string, more: object = {}) => ({
    ...filler,
    attributes: [],
    traceId,
    spanId,
    ...more,
  });
  const [first, second, third] = ['1'.repeat(32), '2'.repeat(32), '3'.repeat(32)];
  const bad = { status: { code: 2 } };
  await traces(jsonRequest([inner(first, hexId(1), bad), { ...filler, traceId: third }]));
  await traces(jsonRequest([inner(first, hexId(2)), inner(second, hexId(3), bad)]));
  await traces(jsonRequest([inner(second, hexId(4)), { ...filler, traceId: third }, inner(third, hexId(5))]));
  await waitUntil('all rows are in', () => ingest.stats().spool.segments === 0);
  assert.deepEqual(
    spans().map(({ spanId }) => spanId),
    [1, 2, 3, 4].map(hexId),
  );
});
