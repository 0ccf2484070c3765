import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Ingest } from '../../ingest/start-ingest.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';
import { bombs } from './support/fuzz/bombs.js';
import { sendRaw, statusMessage } from './support/raw-http.js';
import { runIngest } from './support/running-ingest.js';
import { protobufBody } from './support/sample-items.js';
import { jsonRequest } from './support/sample-span.js';

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

const large = bombs(3_000_000, Date.now());
for (const name of [
  'empty resources',
  'empty scopes',
  'empty spans',
  'empty points',
  'empty records',
  'empty JSON spans',
]) {
  test(`3 MB of ${name} are refused as too much, and nothing of them is stored`, async () => {
    const bomb = large.find((one) => one.name === name);
    assert.ok(bomb !== undefined);
    const headers = { 'content-type': bomb.contentType, 'content-encoding': 'gzip' };
    const answer = await sendRaw(ingest.port, gzipSync(bomb.body), headers, { path: bomb.path });
    assert.equal(answer.status, 413);
    assert.match(statusMessage(answer), /more than 200000 resources, scopes and items; send smaller batches/);
    assert.equal(ingest.stats().counts.acceptedRequests, 0);
    assert.equal(ingest.stats().spool.segments, 0);
  });
}

test('small records that each repeat a large resource are refused before they fill the memory', async () => {
  const resource = { attributes: [{ key: 'a', value: { stringValue: 'x'.repeat(1_000_000) } }] };
  const logRecords = Array.from({ length: 1000 }, () => ({ timeUnixNano: `${Date.now()}000000` }));
  const message = { resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] };
  const body = protobufBody('ExportLogsServiceRequest', message);
  const headers = { 'content-type': 'application/x-protobuf' };
  const answer = await sendRaw(ingest.port, body, headers, { path: '/v1/logs' });
  assert.equal(answer.status, 413);
  assert.match(statusMessage(answer), /items of more than 268435456 bytes as rows/);
  assert.equal(ingest.stats().counts.acceptedRequests, 0);
  const after = await sendRaw(ingest.port, jsonRequest([]), { 'content-type': 'application/json' });
  assert.equal(after.status, 200);
});

test('bytes that are no HTTP request, and headers that are too large, are answered with a Status and counted', async () => {
  for (const { bytes, status, reason } of [
    { bytes: 'nonsense\r\n\r\n', status: 400, reason: 'not-http' },
    {
      bytes: `POST /v1/traces HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      status: 431,
      reason: 'headers-too-large',
    },
  ] as const) {
    const socket = connect({ port: ingest.port, host: '127.0.0.1' });
    socket.write(bytes);
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk);
    const [head = '', body = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n');
    assert.match(head, new RegExp(`^HTTP/1.1 ${status} `));
    assert.match(JSON.parse(body).message, /.{10}/);
    assert.equal(ingest.stats().counts.refusedRequests[reason], 1);
  }
});
