import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TenantRates } from '../../../ingest/export/tenant-rates.js';
import { tempDir } from '../../support/temp-dir.js';
import { exportPath, rawClient } from '../support/grpc-client.js';
import { sendRaw } from '../support/raw-http.js';
import { runIngest } from '../support/running-ingest.js';

const atMs = 1_700_000_000_000;

test('ten seconds of requests may come at once, then one whenever its time has come', () => {
  const rates = new TenantRates({ requestsPerSecond: 2, bytesPerSecond: 0 });
  const waits = Array.from({ length: 21 }, () => rates.waitSeconds('a', atMs));
  assert.deepEqual(waits, [...Array.from({ length: 20 }, () => 0), 0.5]);
  assert.equal(rates.waitSeconds('b', atMs), 0);
  assert.deepEqual([rates.waitSeconds('a', atMs + 500), rates.waitSeconds('a', atMs + 500)], [0, 0.5]);
});

test('a debt of bytes is waited for, and refused tries do not lengthen it', () => {
  const rates = new TenantRates({ requestsPerSecond: 0, bytesPerSecond: 100 });
  rates.tookBytes('a', 1500, atMs);
  assert.deepEqual([rates.waitSeconds('a', atMs), rates.waitSeconds('a', atMs + 4000)], [5, 1]);
  assert.equal(rates.waitSeconds('a', atMs + 5000), 0);
});

test('without limits nothing ever waits', () => {
  const rates = new TenantRates({ requestsPerSecond: 0, bytesPerSecond: 0 });
  rates.tookBytes('a', 1e12, atMs);
  assert.equal(rates.waitSeconds('a', atMs), 0);
});

test('a sender over the rate is told when to try again, over HTTP and gRPC, and it is counted', async () => {
  const dir = await tempDir();
  const rates = { requestsPerSecond: 0, bytesPerSecond: 1 };
  const ingest = await runIngest(dir.path, async () => undefined, { config: { rates } });
  const client = rawClient(ingest.grpcPort);
  try {
    const body = Buffer.from(JSON.stringify({ resourceSpans: [], padding: 'x'.repeat(200) }));
    const first = await sendRaw(ingest.port, body, { 'content-type': 'application/json' });
    const second = await sendRaw(ingest.port, body, { 'content-type': 'application/json' });
    const call = await client.call(exportPath('trace'), Buffer.alloc(0));
    assert.deepEqual([first.status, second.status, call.code], [200, 429, 8]);
    assert.ok(Number(second.headers['retry-after']) > 100);
    assert.equal(call.metadata.get('grpc-status-details-bin').length, 1);
    assert.equal(ingest.stats().counts.refusedRequests['over-rate'], 2);
  } finally {
    client.close();
    await ingest.stop(1000);
    await dir.remove();
  }
});
