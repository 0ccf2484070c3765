import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { connect } from 'node:net';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import type { Admission } from '../../../ingest/admission.js';
import type { RequestRefusal } from '../../../ingest/http/otlp-refusal.js';
import type { Ingest } from '../../../ingest/start-ingest.js';
import { Tenant, type Verdict } from '../../../schemas/access.js';
import { StartupError } from '../../../schemas/startup-error.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { waitUntil } from '../../support/wait-until.js';
import { exportPath, type GrpcAnswer, rawClient } from '../support/grpc-client.js';
import { messageType } from '../support/otlp-proto.js';
import { openAccess, runIngest } from '../support/running-ingest.js';
import { gaugeRequest, logsMessage, protobufBody } from '../support/sample-items.js';

const maxBodyBytes = 100_000;
const nowNs = () => `${Date.now()}000000`;
const gauge = () => gaugeRequest([{ timeUnixNano: nowNs(), asDouble: 1 }]);

let dir: TempDir;
let ingest: Ingest;
let client: ReturnType<typeof rawClient>;
let admission: Admission;
let verdict: Verdict;
let presented: string | null;

before(async () => {
  dir = await tempDir();
  ingest = await runIngest(dir.path, async () => undefined, {
    config: { maxBodyBytes },
    admission: () => admission,
    authorize: async (key) => {
      presented = key;
      return verdict;
    },
  });
});
beforeEach(() => {
  admission = { kind: 'open' };
  verdict = { kind: 'granted', access: openAccess };
  client = rawClient(ingest.grpcPort);
});
afterEach(() => client.close());
after(async () => {
  await ingest?.stop(2000);
  await dir?.remove();
});

const refusedFor = (reason: RequestRefusal): number => ingest.stats().counts.refusedRequests[reason] ?? 0;

test('metrics and logs are acknowledged with an empty message and counted', async () => {
  const before = ingest.stats().counts.signals;
  const metrics = await client.call(exportPath('metrics'), gauge());
  const log = protobufBody('ExportLogsServiceRequest', logsMessage([{ body: { stringValue: 'x' } }]));
  const logs = await client.call(exportPath('logs'), log);
  for (const { code, body } of [metrics, logs]) {
    assert.equal(code, status.OK);
    assert.equal(body.length, 0);
  }
  const { signals } = ingest.stats().counts;
  assert.equal(signals.metrics.acceptedItems, before.metrics.acceptedItems + 1);
  assert.equal(signals.logs.acceptedItems, before.logs.acceptedItems + 1);
});

test('an empty request is a success', async () => {
  const { code, body } = await client.call(exportPath('trace'), Buffer.alloc(0));
  assert.deepEqual({ code, length: body.length }, { code: status.OK, length: 0 });
});

test('a refused item is a partial success', async () => {
  const points = [{ timeUnixNano: nowNs(), asInt: 1 }, { asInt: 2 }];
  const { code, body } = await client.call(exportPath('metrics'), gaugeRequest(points));
  assert.equal(code, status.OK);
  // The three responses have the same fields under different names.
  const Response = messageType('ExportTraceServiceResponse');
  assert.deepEqual(Response.toObject(Response.decode(body), { longs: Number }), {
    partialSuccess: { rejectedSpans: 1, errorMessage: '1 refused: there is no time' },
  });
});

test('the key is read from authorization or x-api-key, and its tenant owns the rows', async () => {
  verdict = { kind: 'granted', access: { tenant: Tenant.parse('acme'), role: 'ingest', keyId: 'k' } };
  await client.call(exportPath('metrics'), gauge(), { authorization: 'Bearer cbk_1' });
  assert.equal(presented, 'cbk_1');
  await client.call(exportPath('metrics'), gauge(), { 'x-api-key': 'cbk_2' });
  assert.equal(presented, 'cbk_2');
  assert.equal(ingest.ofTenant('acme').senders.length, 1);
});

const retryInfo = ({ metadata }: GrpcAnswer): Buffer | undefined => {
  const [details] = metadata.get('grpc-status-details-bin');
  return details instanceof Buffer ? details : undefined;
};

type Case = {
  name: string;
  prepare?: () => void;
  body?: Buffer;
  headers?: Record<string, string>;
  path?: string;
  code: number;
  says: RegExp;
  reason?: RequestRefusal;
};

const refuse = (refusal: Extract<Verdict, { kind: 'refused' }>['refusal']) => () => {
  verdict = { kind: 'refused', refusal };
};

const finalCases: Case[] = [
  {
    name: 'no key',
    prepare: refuse({ kind: 'missing' }),
    code: status.UNAUTHENTICATED,
    says: /API key is needed/,
    reason: 'unauthenticated',
  },
  {
    name: 'a revoked key',
    prepare: refuse({ kind: 'revoked' }),
    code: status.UNAUTHENTICATED,
    says: /revoked/,
    reason: 'unauthenticated',
  },
  {
    name: 'a key that may only read',
    prepare: () => {
      verdict = { kind: 'granted', access: { ...openAccess, role: 'viewer' } };
    },
    code: status.PERMISSION_DENIED,
    says: /viewer/,
    reason: 'forbidden',
  },
  {
    name: 'our own telemetry',
    headers: { 'x-coldburn-origin': 'this-process' },
    code: status.FAILED_PRECONDITION,
    says: /this very process/,
    reason: 'own-telemetry',
  },
  {
    name: 'bytes that are no message',
    body: Buffer.from([0x0a, 0x7f, 1]),
    code: status.INVALID_ARGUMENT,
    says: /byte/,
    reason: 'undecodable',
  },
  {
    name: 'a message over the limit',
    body: Buffer.alloc(maxBodyBytes + 1),
    code: status.RESOURCE_EXHAUSTED,
    says: /larger/,
    reason: 'grpc-not-read',
  },
  {
    name: 'an unknown service',
    path: '/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export',
    code: status.UNIMPLEMENTED,
    says: /not implement/,
  },
];

for (const { name, prepare, body, headers, path, code, says, reason } of finalCases) {
  test(`${name} is refused for good: code ${status[code]}, no RetryInfo`, async () => {
    prepare?.();
    const before = reason === undefined ? 0 : refusedFor(reason);
    const answer = await client.call(path ?? exportPath('metrics'), body ?? gauge(), headers);
    assert.equal(answer.code, code);
    assert.match(answer.details, says);
    assert.equal(retryInfo(answer), undefined);
    if (reason !== undefined) await waitUntil('it is counted', () => refusedFor(reason) === before + 1);
  });
}

const gzip = { 'grpc.default_compression_algorithm': 2 };

test('gzip is undone; what inflates beyond the limit is refused without RetryInfo', async () => {
  const zipped = rawClient(ingest.grpcPort, gzip);
  assert.equal((await zipped.call(exportPath('metrics'), gauge())).code, status.OK);
  const bomb = await zipped.call(exportPath('metrics'), Buffer.alloc(20_000_000));
  zipped.close();
  assert.equal(bomb.code, status.RESOURCE_EXHAUSTED);
  assert.equal(retryInfo(bomb), undefined);
});

for (const [name, code, prepare] of [
  [
    'a full disk',
    status.UNAVAILABLE,
    () => {
      admission = { kind: 'closed', reason: 'The disk is almost full', retryAfterSeconds: 30 };
    },
  ],
  ['too many wrong keys', status.RESOURCE_EXHAUSTED, refuse({ kind: 'throttled', retryAfterSeconds: 30 })],
] as const) {
  test(`${name} is worth another try: code ${status[code]} with RetryInfo of 30 s`, async () => {
    prepare();
    const answer = await client.call(exportPath('metrics'), gauge());
    assert.equal(answer.code, code);
    const details = retryInfo(answer);
    assert.ok(details !== undefined);
    const text = details.toString('latin1');
    assert.ok(text.includes('type.googleapis.com/google.rpc.RetryInfo'));
    // RetryInfo { retry_delay { seconds: 30 } } stands at the end of the status.
    assert.deepEqual([...details.subarray(-6)], [0x12, 4, 0x0a, 2, 0x08, 30]);
  });
}

test('a taken port is said in one sentence with the setting to change', async () => {
  const other = await tempDir();
  const address = { host: '127.0.0.1', port: ingest.grpcPort, settingName: 'COLDBURN_OTLP_GRPC' };
  await assert.rejects(
    runIngest(other.path, async () => undefined, { config: { otlpGrpc: address } }),
    (error) => error instanceof StartupError && /already in use.*COLDBURN_OTLP_GRPC/.test(error.message),
  );
  await other.remove();
});

test('a stop answers the calls under way, then takes no more, within its deadline', async () => {
  const own = await tempDir();
  let letIn: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letIn = resolve;
  });
  let asked = 0;
  const stopping = await runIngest(own.path, async () => undefined, {
    authorize: async () => {
      asked++;
      await gate;
      return { kind: 'granted', access: openAccess };
    },
  });
  const sender = rawClient(stopping.grpcPort);
  const underWay = sender.call(exportPath('metrics'), gauge());
  await waitUntil('the call has arrived', () => asked === 1);
  const stopped = stopping.stop(4000);
  letIn();
  assert.equal((await underWay).code, status.OK);
  await stopped;
  sender.close();
  const late = rawClient(stopping.grpcPort);
  assert.equal(
    (await late.call(exportPath('metrics'), gauge(), {}, { deadline: Date.now() + 1000 })).code !== status.OK,
    true,
  );
  late.close();
  await own.remove();
});

test('a sender that never finishes does not hold up a stop', async () => {
  const own = await tempDir();
  const stuck = await runIngest(own.path, async () => undefined, {
    authorize: () => new Promise(() => undefined),
  });
  const sender = rawClient(stuck.grpcPort);
  const call = sender.call(exportPath('metrics'), gauge());
  const idle = connect(stuck.grpcPort, '127.0.0.1');
  await new Promise((resolve) => idle.once('connect', resolve));
  const startedMs = performance.now();
  await stuck.stop(1000);
  assert.ok(performance.now() - startedMs < 3000);
  assert.notEqual((await call).code, status.OK);
  idle.destroy();
  sender.close();
  await own.remove();
});
