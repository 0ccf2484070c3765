import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import type { Ingest } from '../../ingest/start-ingest.js';
import { createServerDatabase } from '../../warehouse/server/create-database.js';
import { openServer } from '../../warehouse/server/open-server.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { FaultKind } from '../support/clickhouse-endpoint/fault.js';
import { type Endpoint, startEndpoint } from '../support/clickhouse-endpoint/start-endpoint.js';
import { testLimits } from '../support/embedded-warehouse.js';
import { migrateForTest } from '../support/migrated-warehouse.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';
import { waitUntil } from '../support/wait-until.js';
import { compareTables } from './support/crash/compare-tables.js';
import type { SenderBook } from './support/crash/persistent-senders.js';
import { runIngest } from './support/running-ingest.js';
import { knownSender } from './support/send-known.js';

let endpoint: Endpoint;
let warehouse: Warehouse;
let dir: TempDir;
let started = 0;
/** Of all tests together, because the tables are. */
const book: SenderBook = { spans: new Set(), runs: new Set(), requests: 0, retries: 0 };

before(async () => {
  endpoint = await startEndpoint();
  const { url, password } = endpoint;
  const options = {
    url,
    user: 'default',
    password,
    database: 'coldburn',
    limits: testLimits,
    newId: randomUUID,
  };
  await createServerDatabase(options, null);
  warehouse = await openServer(options);
  await migrateForTest(warehouse, 'coldburn');
  dir = await tempDir();
});
after(async () => {
  await warehouse?.close();
  await endpoint?.stop();
  await dir?.remove();
});

/** Minutes of back-off pass in milliseconds: the receiver lives a thousand times as fast. */
const haste = 1000;

function hastyTime() {
  const startMs = Date.now();
  const begun = performance.now();
  return {
    nowMs: () => startMs + (performance.now() - begun) * haste,
    wait: (ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(1, ms / haste));
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

/** A receiver in front of the server, and a sender that books what is acknowledged. */
async function receiver(changes: Parameters<typeof runIngest>[2] = {}) {
  started++;
  const insert = (
    segment: Parameters<Warehouse['insertSegment']>[0],
    options: { signal?: AbortSignal } = {},
  ) => warehouse.insertSegment(segment, options);
  const ingest = await runIngest(join(dir.path, `spool${started}`), insert, changes);
  return { ingest, sender: knownSender(started) };
}

async function finish(ingest: Ingest, acknowledged: SenderBook): Promise<void> {
  for (const id of acknowledged.spans) book.spans.add(id);
  for (const id of acknowledged.runs) book.runs.add(id);
  await waitUntil('the spool is empty', () => ingest.stats().spool.segments === 0, 20_000);
  await ingest.stop(1000);
  assert.deepEqual(await compareTables(warehouse, book), [
    { table: 'spans', expected: book.spans.size, lost: [], doubled: [], unknown: [] },
    { table: 'invocations', expected: book.runs.size, lost: [], doubled: [], unknown: [] },
  ]);
}

const cuts: readonly FaultKind[] = [
  { is: 'cut-request', afterBytes: 1 },
  { is: 'cut-request', afterBytes: 700 },
  { is: 'cut-answer' },
  { is: 'refuse' },
];
for (const kind of cuts) {
  const what = kind.is === 'cut-request' ? `${kind.is} after ${kind.afterBytes} bytes` : kind.is;
  test(`an insert that meets "${what}" is made again, and every span is stored once`, async () => {
    const { ingest, sender } = await receiver(hastyTime());
    // Each segment is inserted table by table, so two faults meet two of its inserts.
    for (const _ of [1, 2]) await endpoint.plan({ on: 'insert', kind });
    for (let sent = 0; sent < 20; sent++) assert.equal((await sender.http(ingest.port)).status, 200);
    await waitUntil('an insert has failed', () => ingest.stats().spool.insertFailures > 0);
    await finish(ingest, sender.book);
  });
}

test('ClickHouse dies with an insert it has just done, comes back, and every span is stored once', async () => {
  const { ingest, sender } = await receiver(hastyTime());
  await endpoint.plan({ on: 'insert', kind: { is: 'die' } });
  for (let sent = 0; sent < 20; sent++) assert.equal((await sender.http(ingest.port)).status, 200);
  await waitUntil('the insert has failed', () => ingest.stats().spool.insertFailures > 0);
  await endpoint.restart();
  await finish(ingest, sender.book);
});

test('ClickHouse is away for minutes: everything is taken meanwhile, and stored once when it is back', async () => {
  const { ingest, sender } = await receiver(hastyTime());
  assert.equal((await sender.http(ingest.port)).status, 200);
  await endpoint.kill();
  const tenMinutesMs = 600_000;
  const isAwayLongEnough = () => (ingest.stats().spool.oldestAgeMs ?? 0) > tenMinutesMs;
  let sent = 0;
  await waitUntil('ten minutes have passed', async () => {
    for (const answer of [await sender.http(ingest.port), await sender.http(ingest.port)]) {
      assert.equal(answer.status, 200);
    }
    assert.equal((await sender.grpc(ingest.grpcPort)).code, status.OK);
    sent += 3;
    return isAwayLongEnough();
  });
  const { insertFailures, lastError } = ingest.stats().spool;
  assert.ok(sent > 10 && insertFailures > 3, `${sent} requests, ${insertFailures} failures`);
  assert.match(lastError ?? '', /.{10}/);
  await endpoint.restart();
  await finish(ingest, sender.book);
});

test('the spool is full: senders are told when to come again, and are taken when it has drained', async () => {
  await endpoint.kill();
  const { ingest, sender } = await receiver({ ...hastyTime(), config: { spoolQuotaBytes: 100_000 } });
  let refused = await sender.http(ingest.port);
  await waitUntil('the quota is reached', async () => {
    refused = await sender.http(ingest.port);
    return refused.status !== 200;
  });
  assert.equal(refused.status, 503);
  assert.equal(refused.headers['retry-after'], '10');
  const overGrpc = await sender.grpc(ingest.grpcPort);
  assert.equal(overGrpc.code, status.UNAVAILABLE);
  assert.ok(overGrpc.metadata.get('grpc-status-details-bin').length > 0, 'RetryInfo is missing');
  assert.ok(sender.book.requests > 5);
  await endpoint.restart();
  await waitUntil(
    'senders are taken again',
    async () => (await sender.http(ingest.port)).status === 200,
    20_000,
  );
  await finish(ingest, sender.book);
});
