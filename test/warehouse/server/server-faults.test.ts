import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { createServerDatabase } from '../../../warehouse/server/create-database.js';
import { describeUnavailable } from '../../../warehouse/server/describe-unavailable.js';
import { openServer, type ServerOptions } from '../../../warehouse/server/open-server.js';
import { serverVersion } from '../../../warehouse/server-version.js';
import type { SegmentFile, Warehouse } from '../../../warehouse/warehouse.js';
import { type Endpoint, startEndpoint } from '../../support/clickhouse-endpoint/start-endpoint.js';
import { testLimits } from '../../support/embedded-warehouse.js';
import { writeSegment } from '../../support/segment-file.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';

const TABLE = `CREATE TABLE readings (id UInt32, label String) ENGINE = MergeTree ORDER BY id
  SETTINGS non_replicated_deduplication_window = 1000`;
const COUNT = 'SELECT count() AS n FROM readings WHERE label = {label: String}';
const N = z.object({ n: z.coerce.number() });

let endpoint: Endpoint;
let options: ServerOptions;
let warehouse: Warehouse;
let dir: TempDir;

before(async () => {
  dir = await tempDir();
  endpoint = await startEndpoint();
  options = {
    url: endpoint.url,
    user: 'default',
    password: endpoint.password,
    database: 'coldburn',
    limits: testLimits,
    newId: randomUUID,
  };
  await createServerDatabase(options, null);
  warehouse = await openServer(options);
  await warehouse.command(TABLE);
});
after(async () => {
  await warehouse.close();
  await endpoint.stop();
  await dir.remove();
});

const segment = (label: string, rows: number): Promise<SegmentFile> =>
  writeSegment(
    dir.path,
    'readings',
    label,
    Array.from({ length: rows }, (_, id) => ({ id, label })),
  );

async function stored(label: string): Promise<number | undefined> {
  const [row] = await warehouse.query(COUNT, { label }, N);
  return row?.n;
}

test('a connection cut in the middle of an insert may be retried, and stores once', async () => {
  const file = await segment('cut-middle', 100_000);
  await endpoint.plan({ on: 'insert', kind: { is: 'cut-request', afterBytes: 200_000 } });
  await assert.rejects(warehouse.insertSegment(file), { kind: 'retryable' });
  await warehouse.insertSegment(file);
  assert.equal(await stored('cut-middle'), 100_000);
});

test('a connection cut after the insert, before its answer, may be retried, and stores once', async () => {
  const file = await segment('cut-answer', 5000);
  await endpoint.plan({ on: 'insert', kind: { is: 'cut-answer' } });
  await assert.rejects(warehouse.insertSegment(file), { kind: 'retryable' });
  await warehouse.insertSegment(file);
  assert.equal(await stored('cut-answer'), 5000);
});

test('a server that dies after the insert and starts again has it once after the retry', async () => {
  const file = await segment('died', 5000);
  await endpoint.plan({ on: 'insert', kind: { is: 'die' } });
  await assert.rejects(warehouse.insertSegment(file), { kind: 'retryable' });
  await endpoint.restart();
  await warehouse.insertSegment(file);
  assert.equal(await stored('died'), 5000);
});

test('a server that is down is unavailable, and serves again once it is back', async () => {
  await endpoint.kill();
  await assert.rejects(serverVersion(warehouse), { name: 'WarehouseError', kind: 'unavailable' });
  await assert.rejects(warehouse.insertSegment(await segment('down', 1)), { kind: 'unavailable' });
  await endpoint.restart();
  assert.match(await serverVersion(warehouse), /^\d+\.\d+/);
});

test('a server that hangs is given up at the deadline: a query too large, an insert to retry', async () => {
  await endpoint.plan({ on: 'query', kind: { is: 'hang' } });
  await assert.rejects(warehouse.query('SELECT 1 AS n', {}, N, { timeoutMs: 200 }), {
    kind: 'resource-limit',
    code: 159,
  });
  await endpoint.plan({ on: 'insert', kind: { is: 'hang' } });
  const file = await segment('hang', 10);
  await assert.rejects(warehouse.insertSegment(file, { timeoutMs: 200 }), { kind: 'retryable' });
  await warehouse.insertSegment(file);
  assert.equal(await stored('hang'), 10);
});

test('a proxy without a server behind it is unavailable', async () => {
  await endpoint.plan({ on: 'query', kind: { is: 'refuse' } });
  await assert.rejects(warehouse.query('SELECT 1 AS n', {}, N), { kind: 'unavailable' });
});

test('a wrong password is one sentence that does not repeat it', async () => {
  const locked = await openServer({ ...options, password: 'not-it' });
  const error: unknown = await serverVersion(locked).catch((thrown: unknown) => thrown);
  await locked.close();
  const told = describeUnavailable(error, endpoint.url.replace('://', '://someone:secret@'));
  assert.match(told.message, /^ClickHouse at http:\/\/127\.0\.0\.1:\d+ refused the user name or password/);
  assert.doesNotMatch(told.message, /secret|not-it/);
});

test('a segment whose types are not its table’s is refused, never misread', async () => {
  const file = await segment('mistyped', 2);
  const columns = [
    { name: 'id', type: 'Array(String)' },
    { name: 'label', type: 'String' },
  ];
  await assert.rejects(warehouse.insertSegment({ ...file, columns }), { name: 'WarehouseError' });
  assert.equal(await stored('mistyped'), 0);
});

test('inserts may be compressed on their way', async () => {
  const compressed = await openServer({ ...options, compressInserts: true });
  await compressed.insertSegment(await segment('zipped', 20_000));
  await compressed.close();
  assert.equal(await stored('zipped'), 20_000);
});
