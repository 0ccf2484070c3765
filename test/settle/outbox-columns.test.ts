import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { wantedColumns } from '../../settle/write/wanted-rows.js';
import { openMigrated } from '../support/open-migrated.js';

const SQL = `
  SELECT name, type FROM system.columns
  WHERE database = currentDatabase() AND table = {table: String} AND default_kind != 'ALIAS'
  ORDER BY position`;

let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
before(async () => {
  opened = await openMigrated();
});
after(() => opened?.close());

async function columnsOf(table: string): Promise<{ name: string; type: string }[]> {
  const warehouse = opened?.warehouse;
  assert.ok(warehouse !== undefined);
  return await warehouse.query(SQL, { table }, z.object({ name: z.string(), type: z.string() }));
}

test('the outbox has the columns of invocations, in their order, so that a correction carries all of them', async () => {
  const [batch, createdAt, ...carried] = await columnsOf('settle_batches');
  assert.deepEqual([batch?.name, createdAt?.name], ['batch', 'created_at']);
  assert.deepEqual(carried, await columnsOf('invocations'));
});

test('decisions are written as their table declares them', async () => {
  const declared = await columnsOf('settle_wanted');
  assert.deepEqual(
    wantedColumns,
    declared.filter(({ name }) => name !== 'created_at'),
  );
});
