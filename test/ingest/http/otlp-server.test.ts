import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { request as httpRequest } from 'node:http';
import { after, before, test } from 'node:test';
import * as zlib from 'node:zlib';
import type { Ingest } from '../../../ingest/start-ingest.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { waitUntil } from '../../support/wait-until.js';
import { messageType } from '../support/otlp-proto.js';
import { sendRaw, statusMessage, type Target } from '../support/raw-http.js';
import { runIngest } from '../support/running-ingest.js';
import { goodSpan, jsonRequest as jsonBody } from '../support/sample-span.js';

const maxBodyBytes = 100_000;
const recent = {
  ...goodSpan,
  startTimeUnixNano: `${Date.now()}000000`,
  endTimeUnixNano: `${Date.now() + 5}000000`,
};
const json = { 'content-type': 'application/json' };
const protobuf = { 'content-type': 'application/x-protobuf' };
const good = jsonBody([recent]);

let dir: TempDir;
let ingest: Ingest;

const send = (body: Buffer | readonly Buffer[] | null, headers: Record<string, string>, options?: Target) =>
  sendRaw(ingest.port, body, headers, options);

before(async () => {
  dir = await tempDir();
  ingest = await runIngest(dir.path, async () => undefined, {
    // The same body goes in again and again here.
    config: { maxBodyBytes, duplicateWindowMs: 0 },
  });
});
after(async () => {
  await ingest?.stop(2000);
  await dir?.remove();
});

const ExportResponse = messageType('ExportTraceServiceResponse');

for (const contentType of [
  'application/json',
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  'application/json ;charset=UTF-8',
]) {
  test(`content type "${contentType}" is JSON, answered with {}`, async () => {
    const answer = await send(good, { 'content-type': contentType });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'application/json');
    assert.equal(answer.body.toString(), '{}');
  });
}

test('a request without a Host header is answered as any other that is no HTTP/1.1', async () => {
  const answer = await send(good, json, { setHost: false });
  assert.equal(answer.status, 400);
  assert.equal(answer.headers['content-type'], 'application/json');
  assert.deepEqual(JSON.parse(answer.body.toString()), {
    code: 3,
    message: 'The request has no Host header, which HTTP/1.1 demands',
  });
});

test('an empty protobuf request is answered with 200 and no bytes', async () => {
  for (const body of [Buffer.alloc(0), Buffer.from([0x0a, 0x00])]) {
    const answer = await send(body, { 'content-type': 'application/x-protobuf; x=y' });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'application/x-protobuf');
    assert.equal(answer.body.length, 0);
  }
});

test('a chunked body without a length is taken', async () => {
  const halves = [good.subarray(0, 50), good.subarray(50)];
  assert.equal((await send(halves, json)).status, 200);
});

const codings: { coding: string; encode: (body: Buffer) => Buffer }[] = [
  { coding: 'gzip', encode: (body) => zlib.gzipSync(body) },
  { coding: 'GZIP', encode: (body) => zlib.gzipSync(body) },
  { coding: 'deflate', encode: (body) => zlib.deflateSync(body) },
  { coding: 'deflate', encode: (body) => zlib.deflateRawSync(body) },
  { coding: 'br', encode: (body) => zlib.brotliCompressSync(body) },
  { coding: 'identity', encode: (body) => body },
];
for (const { coding, encode } of codings) {
  test(`a body encoded as ${coding} is taken`, async () => {
    const before = ingest.stats().counts.signals.traces.acceptedItems;
    const answer = await send(encode(good), { ...json, 'content-encoding': coding });
    assert.equal(answer.status, 200);
    assert.equal(ingest.stats().counts.signals.traces.acceptedItems, before + 1);
  });
}

test('zstd is taken where this Node has it, else refused with what is taken', async () => {
  const compress: unknown = Reflect.get(zlib, 'zstdCompressSync');
  const body: unknown = typeof compress === 'function' ? compress(good) : good;
  assert.ok(body instanceof Buffer);
  const answer = await send(body, { ...json, 'content-encoding': 'zstd' });
  assert.equal(answer.status, typeof compress === 'function' ? 200 : 415);
  if (answer.status === 415) assert.match(answer.headers['accept-encoding'] ?? '', /gzip/);
});

type Refused = {
  name: string;
  body: Buffer;
  headers: Record<string, string>;
  options?: { method?: string; path?: string };
  status: number;
  message: RegExp;
};

const refused: Refused[] = [
  {
    name: 'bytes that are no protobuf',
    body: Buffer.from([0x0a, 0x7f]),
    headers: protobuf,
    status: 400,
    message: /at byte 1/,
  },
  { name: 'text that is no JSON', body: Buffer.from('{"a"'), headers: json, status: 400, message: /at byte/ },
  {
    name: 'a broken gzip body',
    body: Buffer.from('nope'),
    headers: { ...json, 'content-encoding': 'gzip' },
    status: 400,
    message: /no valid gzip/,
  },
  {
    name: 'a cut off gzip body',
    body: zlib.gzipSync(good).subarray(0, 40),
    headers: { ...json, 'content-encoding': 'gzip' },
    status: 400,
    message: /no valid gzip/,
  },
  {
    name: 'another content type',
    body: good,
    headers: { 'content-type': 'text/plain' },
    status: 415,
    message: /application\/x-protobuf/,
  },
  {
    name: 'a content type that is none',
    body: good,
    headers: { 'content-type': '@' },
    status: 415,
    message: /Content-Type/,
  },
  { name: 'no content type', body: good, headers: {}, status: 415, message: /application\/json/ },
  {
    name: 'an unknown coding',
    body: good,
    headers: { ...json, 'content-encoding': 'lzma' },
    status: 415,
    message: /lzma.*gzip/,
  },
  {
    name: 'a body over the limit',
    body: Buffer.alloc(maxBodyBytes + 1, 0x20),
    headers: json,
    status: 413,
    message: /100000 bytes/,
  },
  {
    name: 'a body far over the limit',
    body: Buffer.alloc(maxBodyBytes * 5, 0x20),
    headers: { ...json, 'content-length': String(maxBodyBytes * 5) },
    status: 413,
    message: /100000 bytes/,
  },
  {
    name: 'a bomb',
    body: zlib.gzipSync(Buffer.alloc(50_000_000)),
    headers: { ...protobuf, 'content-encoding': 'gzip' },
    status: 413,
    message: /100000 bytes/,
  },
  {
    name: 'another path',
    body: good,
    headers: json,
    options: { path: '/nowhere' },
    status: 404,
    message: /\/v1\/traces/,
  },
  {
    name: 'another method',
    body: good,
    headers: json,
    options: { method: 'PUT' },
    status: 405,
    message: /takes POST/,
  },
];

for (const { name, body, headers, options, status, message } of refused) {
  test(`${name} is answered ${status} with a Status in the encoding of the request, and counted`, async () => {
    const before = total(ingest.stats().counts.refusedRequests);
    const answer = await send(body, headers, options);
    assert.equal(answer.status, status);
    assert.match(statusMessage(answer), message);
    assert.equal(
      answer.headers['content-type'],
      headers['content-type'] === protobuf['content-type'] ? 'application/x-protobuf' : 'application/json',
    );
    assert.equal(total(ingest.stats().counts.refusedRequests), before + 1);
    if (status === 405) assert.equal(answer.headers.allow, 'POST, OPTIONS');
  });
}

function total(counts: object): number {
  return Object.values(counts).reduce((sum: number, count: number) => sum + count, 0);
}

test('a chunked body over the limit is refused without being kept', async () => {
  const chunks = Array.from({ length: 15 }, () => Buffer.alloc(10_000, 0x20));
  assert.equal((await send(chunks, json)).status, 413);
});

test('a partial success says how many spans were refused and why, in both encodings', async () => {
  const body = jsonBody([recent, { ...recent, spanId: 'ab' }, { ...recent, traceId: '' }]);
  const answer = await send(body, json);
  assert.equal(answer.status, 200);
  assert.deepEqual(JSON.parse(answer.body.toString()), {
    partialSuccess: {
      rejectedSpans: '2',
      errorMessage:
        '1 refused: the span id is not 8 bytes (16 hex digits); 1 refused: the trace id is not 16 bytes (32 hex digits)',
    },
  });
  const RequestType = messageType('ExportTraceServiceRequest');
  const message = RequestType.fromObject({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'x' }] }] }] });
  const binary = await send(Buffer.from(RequestType.encode(message).finish()), protobuf);
  assert.equal(binary.status, 200);
  assert.deepEqual(ExportResponse.toObject(ExportResponse.decode(binary.body), { longs: Number }), {
    partialSuccess: {
      rejectedSpans: 1,
      errorMessage: '1 refused: the trace id is not 16 bytes (32 hex digits)',
    },
  });
  assert.match(ingest.ofTenant('default').badPayloads[0]?.reason ?? '', /trace id/);
});

test('fields of the wrong type are a warning: nothing rejected, but a message', async () => {
  const answer = await send(jsonBody([{ ...recent, kind: {} }]), json);
  assert.match(JSON.parse(answer.body.toString()).partialSuccess.errorMessage, /1 fields were ignored/);
});

test('a sender that hangs up leaves nothing behind but a count', async () => {
  const before = ingest.stats().counts.refusedRequests['hung-up'] ?? 0;
  await new Promise<void>((resolve) => {
    const outgoing = httpRequest({
      port: ingest.port,
      method: 'POST',
      path: '/v1/traces',
      headers: { ...json, 'content-length': '1000' },
    });
    outgoing.on('error', () => resolve());
    outgoing.write('{"resourceSpans"');
    setTimeout(() => outgoing.destroy(new Error('gone')), 50);
  });
  await waitUntil(
    'the hang-up is counted',
    () => (ingest.stats().counts.refusedRequests['hung-up'] ?? 0) > before,
  );
  assert.equal((await send(good, json)).status, 200);
});
