import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { after, before, test } from 'node:test';
import type { Ingest } from '../../../ingest/start-ingest.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { type Answer, sendRaw, statusMessage } from '../support/raw-http.js';
import { runIngest } from '../support/running-ingest.js';
import { logsMessage, metricsMessage, protobufBody } from '../support/sample-items.js';

let dir: TempDir;
let ingest: Ingest;

before(async () => {
  dir = await tempDir();
  ingest = await runIngest(dir.path, async () => undefined);
});
after(async () => {
  await ingest?.stop(2000);
  await dir?.remove();
});

const nowNs = `${Date.now()}000000`;
const gauge = (...dataPoints: object[]) => metricsMessage([{ name: 'm', gauge: { dataPoints } }]);
const span = { spanId: '0000000000000001', name: 'run', startTimeUnixNano: nowNs, endTimeUnixNano: nowNs };
const traceId = '00000000000000000000000000000001';
const traces = (...spans: object[]) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });

const cases = {
  traces: {
    good: traces({ ...span, traceId }),
    mixed: traces({ ...span, traceId }, { ...span, traceId: '01' }),
    partial: { rejectedSpans: '1', errorMessage: '1 refused: the trace id is not 16 bytes (32 hex digits)' },
  },
  metrics: {
    good: gauge({ timeUnixNano: nowNs, asInt: '1' }),
    mixed: gauge({ timeUnixNano: nowNs, asInt: '1' }, { asInt: '2' }),
    partial: { rejectedDataPoints: '1', errorMessage: '1 refused: there is no time' },
  },
  logs: {
    good: logsMessage([{ body: { stringValue: 'x' } }]),
    mixed: logsMessage([{}, { spanId: '01' }]),
    partial: {
      rejectedLogRecords: '1',
      errorMessage: '1 refused: the span id is neither 8 bytes (16 hex digits) nor absent',
    },
  },
} as const;

for (const [signal, { good, mixed, partial }] of Object.entries(cases)) {
  const path = `/v1/${signal}`;
  const send = (
    body: Buffer,
    type: string,
    headers: Record<string, string> = {},
    method = 'POST',
  ): Promise<Answer> => sendRaw(ingest.port, body, { 'content-type': type, ...headers }, { path, method });
  const asJson = (message: object) => Buffer.from(JSON.stringify(message));

  test(`${signal}: JSON is answered {} and its type, whatever the case and parameters of the type`, async () => {
    for (const type of ['application/json', 'Application/JSON; charset=UTF-8']) {
      const { status, headers, body } = await send(asJson(good), type);
      assert.deepEqual([status, headers['content-type'], body.toString()], [200, 'application/json', '{}']);
    }
  });

  test(`${signal}: a partial success counts what was refused under the name of the signal`, async () => {
    const { status, body } = await send(asJson(mixed), 'application/json');
    assert.equal(status, 200);
    assert.deepEqual(JSON.parse(body.toString()), { partialSuccess: partial });
  });

  test(`${signal}: an empty request is a success in both encodings`, async () => {
    assert.equal((await send(Buffer.from('{}'), 'application/json')).body.toString(), '{}');
    const { status, body } = await send(Buffer.alloc(0), 'application/x-protobuf');
    assert.deepEqual([status, body.length], [200, 0]);
  });

  test(`${signal}: what cannot be read is 400 with a Status in the encoding of the request`, async () => {
    for (const type of ['application/json', 'application/x-protobuf']) {
      const answer = await send(Buffer.from('1234'), type);
      assert.deepEqual([answer.status, answer.headers['content-type']], [400, type]);
      assert.match(statusMessage(answer), /byte/);
    }
  });

  test(`${signal}: another type is 415, another method 405, a preflight 204`, async () => {
    assert.equal((await send(asJson(good), 'text/plain')).status, 415);
    const wrongMethod = await send(asJson(good), 'application/json', {}, 'PUT');
    assert.deepEqual([wrongMethod.status, wrongMethod.headers['allow']], [405, 'POST, OPTIONS']);
    assert.equal((await sendRaw(ingest.port, null, {}, { path, method: 'OPTIONS' })).status, 204);
  });
}

test('accepted and refused items are counted by signal', async () => {
  const before = ingest.stats().counts.signals.metrics;
  const body = protobufBody('ExportMetricsServiceRequest', cases.metrics.mixed);
  await sendRaw(ingest.port, body, { 'content-type': 'application/x-protobuf' }, { path: '/v1/metrics' });
  const { metrics } = ingest.stats().counts.signals;
  assert.equal(metrics.acceptedRequests, before.acceptedRequests + 1);
  assert.equal(metrics.acceptedItems, before.acceptedItems + 1);
  assert.equal(metrics.refusedItems['no-time'], (before.refusedItems['no-time'] ?? 0) + 1);
});
