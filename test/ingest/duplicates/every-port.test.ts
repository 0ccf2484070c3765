import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import type { Ingest } from '../../../ingest/start-ingest.js';
import { tempDir } from '../../support/temp-dir.js';
import { exportPath, rawClient } from '../support/grpc-client.js';
import { sendRaw } from '../support/raw-http.js';
import { runIngest } from '../support/running-ingest.js';
import { protobufBody } from '../support/sample-items.js';

const attribute = { key: 'service.name', value: { stringValue: 'shop' } };
const timeUnixNano = `${Date.now()}000000`;
const logs = protobufBody('ExportLogsServiceRequest', {
  resourceLogs: [
    {
      resource: { attributes: [attribute] },
      scopeLogs: [{ logRecords: [{ timeUnixNano, body: { stringValue: 'x' } }] }],
    },
  ],
});
const metrics = protobufBody('ExportMetricsServiceRequest', {
  resourceMetrics: [
    {
      resource: { attributes: [attribute] },
      scopeMetrics: [{ metrics: [{ name: 'm', gauge: { dataPoints: [{ timeUnixNano, asDouble: 1 }] } }] }],
    },
  ],
});

async function overHttp({ port }: Ingest): Promise<void> {
  const answer = await sendRaw(
    port,
    metrics,
    { 'content-type': 'application/x-protobuf' },
    { path: '/v1/metrics' },
  );
  assert.equal(answer.status, 200);
}

async function overGrpc({ grpcPort }: Ingest): Promise<void> {
  const client = rawClient(grpcPort);
  const answer = await client.call(exportPath('logs'), logs);
  client.close();
  assert.equal(answer.code, 0, answer.details);
}

let delivery = 0;
/** The bytes differ in each try, as the time of sending is in them; the id does not. */
async function overFirehose({ port }: Ingest): Promise<void> {
  const data = Buffer.concat([Buffer.from([metrics.length]), metrics]).toString('base64');
  const body = Buffer.from(JSON.stringify({ requestId: 'r1', timestamp: delivery++, records: [{ data }] }));
  const headers = { 'content-type': 'application/json', 'x-amz-firehose-request-id': 'r1' };
  const answer = await sendRaw(port, body, headers, { path: '/v1/firehose' });
  assert.equal(answer.status, 200, answer.body.toString());
}

for (const [name, send] of Object.entries({ overHttp, overGrpc, overFirehose })) {
  test(`${name}: what comes again is acknowledged, counted and not stored, also after a restart`, async () => {
    const dir = await tempDir();
    try {
      const first = await runIngest(dir.path, async () => undefined);
      await send(first);
      await send(first);
      const before = first.stats().counts;
      await first.stop(2000);
      const second = await runIngest(dir.path, async () => undefined);
      await send(second);
      const after = second.stats().counts;
      await second.stop(2000);
      assert.deepEqual([before.acceptedRequests, before.duplicateRequests], [1, 1]);
      assert.deepEqual([after.acceptedRequests, after.duplicateRequests], [0, 1]);
    } finally {
      await dir.remove();
    }
  });
}

test('with a window of 0 everything is stored', async () => {
  const dir = await tempDir();
  try {
    const ingest = await runIngest(dir.path, async () => undefined, { config: { duplicateWindowMs: 0 } });
    await overHttp(ingest);
    await overHttp(ingest);
    const { acceptedRequests, duplicateRequests } = ingest.stats().counts;
    await ingest.stop(2000);
    assert.deepEqual([acceptedRequests, duplicateRequests], [2, 0]);
  } finally {
    await dir.remove();
  }
});
