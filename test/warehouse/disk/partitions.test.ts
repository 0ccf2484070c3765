import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { dropOldestPartitions } from '../../../warehouse/disk/drop-oldest-partitions.js';
import { listPartitions } from '../../../warehouse/disk/list-partitions.js';
import { readServerDisks } from '../../../warehouse/disk/read-server-disks.js';
import { migrate } from '../../../warehouse/migrate/migrate.js';
import { readMigrations } from '../../../warehouse/migrate/read-migrations.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { embeddedWarehouse } from '../../support/embedded-warehouse.js';
import { runnerDeps, single } from '../migrate/migrate-harness.js';

let warehouse: Warehouse;
let close: () => Promise<void>;
const scope = { database: 'coldburn', cluster: null, tables: ['spans', 'invocations', 'api_keys'] };

before(async () => {
  ({ warehouse, close } = await embeddedWarehouse());
  const migrations = await readMigrations(new URL('../../../schemas/sql/', import.meta.url));
  await migrate(warehouse, migrations, single('coldburn'), runnerDeps('disk'));
  // Far ahead of today, so that the tables' own TTL keeps out of the test.
  for (const table of ['spans', 'invocations'])
    await warehouse.command(`INSERT INTO coldburn.${table} (tenant, started_at)
      SELECT 't', toDateTime('2090-01-01 12:00:00') + INTERVAL number DAY FROM numbers(4)`);
  await warehouse.command("INSERT INTO coldburn.api_keys (tenant, key_id) VALUES ('t', 'k')");
});
after(async () => await close());

async function daysLeft(table: string): Promise<number[]> {
  const sql = `SELECT toYYYYMMDD(started_at) AS day FROM coldburn.${table} ORDER BY day`;
  const rows = await warehouse.query(sql, {}, z.object({ day: z.coerce.number() }));
  return rows.map(({ day }) => day);
}

test('listPartitions: days with their sizes, the oldest first, and no table without days', async () => {
  const partitions = await listPartitions(warehouse, scope);
  assert.deepEqual(partitions.map(({ table, id }) => `${table} ${id}`).slice(0, 3), [
    'invocations 20900101',
    'spans 20900101',
    'invocations 20900102',
  ]);
  assert.equal(partitions.length, 8);
  assert.ok(partitions.every(({ bytes, rowCount }) => bytes > 0 && rowCount === 1));
});

test('dropOldestPartitions: drops what was asked, says it before and after, and keeps the rest', async () => {
  const events: string[] = [];
  const record = async ({
    phase,
    partition,
  }: {
    phase: string;
    partition: { table: string; id: string };
  }) => {
    events.push(`${phase} ${partition.table} ${partition.id}`);
  };
  const freeBytes = async () => 0;
  const report = await dropOldestPartitions(
    warehouse,
    scope,
    { kind: 'count', count: 3 },
    { freeBytes, record },
  );
  assert.deepEqual(
    report.dropped.map(({ table, id }) => `${table} ${id}`),
    ['spans 20900101', 'invocations 20900101', 'spans 20900102'],
  );
  assert.equal(report.rowCount, 3);
  assert.ok(report.bytes > 0);
  assert.deepEqual(events.slice(0, 3), [
    'dropping spans 20900101',
    'dropped spans 20900101',
    'dropping invocations 20900101',
  ]);
  assert.deepEqual(await daysLeft('spans'), [20900103, 20900104]);
  assert.deepEqual(await daysLeft('invocations'), [20900102, 20900103, 20900104]);

  const more = await dropOldestPartitions(
    warehouse,
    scope,
    { kind: 'freeBytes', freeBytes: 2 },
    { freeBytes: async () => 1, record },
  );
  assert.equal(more.dropped.length, 1, 'one byte was missing, one day is enough');
});

test('dropOldestPartitions: what cannot be recorded is not dropped', async () => {
  const before = await daysLeft('invocations');
  const record = async () => {
    throw new Error('the audit log is full');
  };
  const goal = { kind: 'count', count: 1 } as const;
  await assert.rejects(
    dropOldestPartitions(warehouse, scope, goal, { freeBytes: async () => 0, record }),
    /the audit log is full/,
  );
  assert.deepEqual(await daysLeft('invocations'), before);
});

test('readServerDisks: the engine tells how full its own disk is', async () => {
  const [disk] = await readServerDisks(warehouse, null);
  assert.ok(disk?.kind === 'measured');
  assert.ok(disk.space.freeBytes > 0 && disk.space.totalBytes >= disk.space.freeBytes);
});
