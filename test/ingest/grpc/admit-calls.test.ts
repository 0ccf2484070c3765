import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { after, before, beforeEach, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { IngestCounters } from '../../../ingest/counters.js';
import { KnownRequests } from '../../../ingest/duplicates/known-requests.js';
import { TenantRates } from '../../../ingest/export/tenant-rates.js';
import { createGrpcServer } from '../../../ingest/grpc/grpc-server.js';
import { type GrpcListening, listenGrpc } from '../../../ingest/grpc/listen-grpc.js';
import { BodyBudget } from '../../../ingest/http/body-budget.js';
import type { Received } from '../../../ingest/received.js';
import { waitUntil } from '../../support/wait-until.js';
import { exportPath, rawClient } from '../support/grpc-client.js';
import { nothingNoted } from '../support/nothing-noted.js';
import { openAccess, silentLog } from '../support/running-ingest.js';

const mebibyte = 1024 * 1024;
const nothingKept = { keepMs: 0, maxKeys: 0 };
/** So that large bodies together may take 3 MiB. */
const budget = new BodyBudget((24 / 7) * mebibyte + 1);
let counters: IngestCounters;
let asked = 0;
let gate: Promise<void> = Promise.resolve();
let durable: Promise<void> = Promise.resolve();
let listening: GrpcListening;
let client: ReturnType<typeof rawClient>;

const receive = (): Received => ({
  accepted: 1,
  invocations: 0,
  refused: new Map(),
  ignoredFields: 0,
  notes: nothingNoted,
  durable,
});

before(async () => {
  const deps = {
    authorize: async () => {
      asked++;
      await gate;
      return { kind: 'granted', access: openAccess } as const;
    },
    ownOrigin: 'this-process',
    admission: () => ({ kind: 'open' }) as const,
    rates: new TenantRates({ requestsPerSecond: 0, bytesPerSecond: 0 }),
    // Every call here has the same bytes.
    refusesSameBodies: false,
    known: new KnownRequests({ body: nothingKept, delivery: nothingKept }),
    decoder: { receive },
    // Looked up at each call, so that each test has its own.
    get counters() {
      return counters;
    },
    budget,
    maxBodyBytes: 2 * mebibyte,
    nowMs: () => performance.now(),
    recordMs: () => undefined,
    log: silentLog,
  };
  listening = await listenGrpc(createGrpcServer(deps), { host: '127.0.0.1', port: 0, settingName: 'X' });
  client = rawClient(listening.port);
});
beforeEach(() => {
  counters = new IngestCounters();
  asked = 0;
  gate = Promise.resolve();
  durable = Promise.resolve();
});
after(async () => {
  client.close();
  await listening.close(500);
});

const call = (body: Buffer, deadlineMs = 10_000) =>
  client.call(exportPath('metrics'), body, {}, { deadline: Date.now() + deadlineMs });

/** As the rest of a large body. */
function hasRoomFor(bytes: number): boolean {
  const isTaken = budget.take(bytes, mebibyte);
  if (isTaken) budget.give(bytes);
  return isTaken;
}

function closedGate(): { promise: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

test('senders who give up while their key is looked at are counted once and leave nothing taken', async () => {
  const { promise, open } = closedGate();
  gate = promise;
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => call(Buffer.alloc(0), 800)));
  assert.ok(answers.every(({ code }) => code === status.DEADLINE_EXCEEDED));
  await waitUntil('they are counted', () => counters.snapshot().refusedRequests['grpc-not-read'] === asked);
  open();
  assert.equal((await call(Buffer.alloc(0))).code, status.OK);
  assert.deepEqual(counters.snapshot().refusedRequests, { 'grpc-not-read': asked - 1 });
  await waitUntil('the budget is whole again', () => hasRoomFor(3 * mebibyte));
});

test('while others fill the budget a call is refused as busy, and taken when they are done', async () => {
  const { promise, open } = closedGate();
  durable = promise;
  const large = call(Buffer.alloc(2 * mebibyte));
  await waitUntil('the large one is read', () => !hasRoomFor(1));
  const refused = await call(Buffer.alloc(0));
  assert.equal(refused.code, status.UNAVAILABLE);
  assert.equal(refused.metadata.get('grpc-status-details-bin').length, 1);
  open();
  assert.equal((await large).code, status.OK);
  await waitUntil('the budget is whole again', () => hasRoomFor(3 * mebibyte));
  assert.equal((await call(Buffer.alloc(0))).code, status.OK);
  assert.deepEqual(counters.snapshot().refusedRequests, { busy: 1 });
});

test('rows the disk does not take are answered UNAVAILABLE, to be sent again', async () => {
  durable = Promise.reject(new Error('The disk said no'));
  durable.catch(() => undefined);
  const { code, details } = await call(Buffer.alloc(0));
  assert.deepEqual([code, details], [status.UNAVAILABLE, 'The disk said no']);
  assert.deepEqual(counters.snapshot().refusedRequests, { 'not-stored': 1 });
});
