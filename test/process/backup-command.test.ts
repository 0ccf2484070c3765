import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { openServer } from '../../warehouse/server/open-server.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { spawnCli } from '../cli/support/spawn-cli.js';
import { type Endpoint, startEndpoint } from '../support/clickhouse-endpoint/start-endpoint.js';
import { testLimits } from '../support/embedded-warehouse.js';
import { migratedWarehouse } from '../support/migrated-warehouse.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';
import { allFigures, fillTables } from '../warehouse/backup/fill-tables.js';

const database = 'coldburn';
const Summary = z.object({ tables: z.array(z.object({ name: z.string(), rows: z.number() })) });

let dir: TempDir;
let endpoint: Endpoint;
let original: Record<string, string>;
let serverEnv: Record<string, string>;
before(async () => {
  dir = await tempDir();
  endpoint = await startEndpoint();
  serverEnv = { COLDBURN_CLICKHOUSE_URL: endpoint.url, COLDBURN_CLICKHOUSE_PASSWORD: endpoint.password };
  original = await onEmbedded('data', async (warehouse) => {
    await fillTables(warehouse, database, 5000);
    return await allFigures(warehouse, database);
  });
});
after(async () => {
  await endpoint?.stop();
  await dir?.remove();
});

/** One after another: the engine of this process knows one directory at a time. */
async function onEmbedded<Result>(
  name: string,
  use: (warehouse: Warehouse) => Promise<Result>,
): Promise<Result> {
  const warehouse = await migratedWarehouse(join(dir.path, name));
  try {
    return await use(warehouse);
  } finally {
    await warehouse.close();
  }
}

async function onServer<Result>(use: (warehouse: Warehouse) => Promise<Result>): Promise<Result> {
  const { url, password } = endpoint;
  const options = { url, user: 'default', password, database, limits: testLimits, newId: randomUUID };
  const warehouse = await openServer(options);
  try {
    return await use(warehouse);
  } finally {
    await warehouse.close();
  }
}

const run = (args: readonly string[], env: Record<string, string> = {}) =>
  spawnCli(args, { cwd: dir.path, env });

test('backup, restore: from a data directory to a server in one command, and back to another data directory', async () => {
  const moved = await run(['restore', '--from', 'data', '--json'], serverEnv);
  assert.equal(moved.exitCode, 0, moved.stderr);
  assert.match(moved.stderr, /invocations: file 1 of \d+/);
  assert.deepEqual(await onServer((warehouse) => allFigures(warehouse, database)), original);
  assert.ok(!(await readdir(join(dir.path, 'data'))).includes('moving'), 'what it needed meanwhile is gone');

  const again = await run(['restore', '--from', 'data'], serverEnv);
  assert.equal(again.exitCode, 1);
  assert.match(again.stderr, /is not empty: .* --add/);

  const backedUp = await run(['backup', '--to', 'from-server', '--json'], serverEnv);
  assert.equal(backedUp.exitCode, 0, backedUp.stderr);
  const { tables } = Summary.parse(JSON.parse(backedUp.stdout));
  assert.equal(tables.find(({ name }) => name === 'spans')?.rows, 5000);

  const back = await run(['restore', '--from', 'from-server'], { COLDBURN_DATA_DIR: 'data-2' });
  assert.equal(back.exitCode, 0, back.stderr);
  assert.match(back.stdout, /rows of \d+ tables are there, each as it was backed up/);
  assert.deepEqual(await onEmbedded('data-2', (warehouse) => allFigures(warehouse, database)), original);
});

const failures = [
  { args: ['backup'], exitCode: 2, says: /say where to/ },
  { args: ['backup', '--to', 'x', '--target', 'http://127.0.0.1:9'], exitCode: 2, says: /do not go with it/ },
  { args: ['backup', '--to', 'x', '--data', 'nowhere'], exitCode: 1, says: /nowhere is no data directory/ },
  { args: ['backup', '--target', 'http://127.0.0.1:9'], exitCode: 1, says: /No Coldburn answers/ },
  { args: ['restore'], exitCode: 2, says: /say where from/ },
  { args: ['restore', '--from', 'nowhere'], exitCode: 1, says: /There is no finished backup in nowhere/ },
];
for (const { args, exitCode, says } of failures) {
  test(`backup, restore: "${args.join(' ')}" says what is wrong`, async () => {
    const failed = await run(args, { COLDBURN_DATA_DIR: 'data-3' });
    assert.match(failed.stderr, says);
    assert.equal(failed.exitCode, exitCode);
  });
}

test('restore: a data directory into a data directory is refused with the way that works', async () => {
  const failed = await run(['restore', '--from', 'data'], { COLDBURN_DATA_DIR: 'data-3' });
  assert.equal(failed.exitCode, 1);
  assert.match(failed.stderr, /set COLDBURN_CLICKHOUSE_URL .* or make a backup of it first/);
});

test('backup, restore: a cluster is told to use its own', async () => {
  const env = { ...serverEnv, COLDBURN_CLICKHOUSE_CLUSTER: 'main' };
  const failed = await run(['backup', '--to', 'x'], env);
  assert.equal(failed.exitCode, 1);
  assert.match(failed.stderr, /BACKUP DATABASE coldburn ON CLUSTER 'main'/);
});
