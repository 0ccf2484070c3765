import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { z } from 'zod';
import { inEveryMode } from '../support/in-every-mode.js';
import { insertSpans } from '../support/insert-spans.js';
import { migrateForTest } from '../support/migrated-warehouse.js';

const DATABASE = 'SELECT currentDatabase() AS name';
const WORKS = `SELECT arraySort(groupArray(invocation_id)) AS ids FROM settle_facts
  WHERE tenant = {tenant: String} AND kind = 'work'`;
const Database = z.object({ name: z.string() });
const Works = z.object({ ids: z.array(z.string()) });

inEveryMode('facts of spans', (warehouse) => {
  before(async () => {
    const [database] = await warehouse().query(DATABASE, {}, Database);
    await migrateForTest(warehouse(), database?.name ?? '');
  });

  test('the span of a run tells of no work within it', async () => {
    const tenant = 'works';
    const span = (spanId: string, kind: 'server' | 'internal' | 'client', id: string) => ({
      ...{ tenant, name: 'fetch', traceId: '0123456789abcdef0123456789abcdef', spanId, kind },
      ...{ service: 'told', function: 'told', startedAt: new Date(), durationMs: 40 },
      attributes: { 'faas.invocation_id': id },
    });
    await insertSpans(warehouse(), [
      span('0000000000000f01', 'server', 'alone'),
      span('0000000000000f02', 'server', 'with calls'),
      span('0000000000000f03', 'client', 'with calls'),
      span('0000000000000f04', 'internal', 'parted'),
      span('0000000000000f05', 'client', 'parted'),
    ]);
    assert.deepEqual(await warehouse().query(WORKS, { tenant }, Works), [{ ids: ['parted', 'with calls'] }]);
  });
});
