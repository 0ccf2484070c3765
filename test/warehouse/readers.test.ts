import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { Tenant } from '../../schemas/access.js';
import { createReaders } from '../../warehouse/readers.js';
import { WarehouseError } from '../../warehouse/warehouse-error.js';
import { embeddedWarehouse } from '../support/embedded-warehouse.js';

const Row = z.object({ n: z.coerce.number() });

test('readers are counted while they wait or run, whichever door of a tenant they use, and no longer', async () => {
  const opened = await embeddedWarehouse();
  try {
    const count = createReaders(() => null);
    const door = count.around(opened.warehouse);
    const own = door.query('SELECT 1 AS n', {}, Row);
    const ofTenant = door
      .forTenant(Tenant.parse('shop'))
      .query("SELECT 1 AS n WHERE {tenant: String} != ''", {}, Row);
    assert.equal(count.reading(), 2);
    await Promise.all([own, ofTenant]);
    assert.equal(count.reading(), 0);
    await assert.rejects(door.query('SELECT nothing', {}, Row));
    for await (const { n } of door.stream('SELECT number AS n FROM numbers(2)', {}, Row)) {
      assert.equal(count.reading(), 1);
      if (n === 0) break;
    }
    assert.equal(count.reading(), 0);
    // Somebody else's reading is none of its business.
    const other = opened.warehouse.query('SELECT 1 AS n', {}, Row);
    assert.equal(count.reading(), 0);
    await other;
  } finally {
    await opened.close();
  }
});

test('what is read for a caller who leaves is stopped in the engine; whoever asks for himself is not', async () => {
  const opened = await embeddedWarehouse();
  try {
    const caller = new AbortController();
    const readers = createReaders(() => caller.signal);
    const door = readers.around(opened.warehouse);
    const endless = 'SELECT count() AS n FROM numbers_mt(1e15) WHERE number % 7 = sleepEachRow(0)';
    const asked = door.query(endless, {}, Row);
    const other = opened.warehouse.query('SELECT 1 AS n', {}, Row);
    caller.abort();
    await assert.rejects(asked, (error) => error instanceof WarehouseError && error.kind === 'cancelled');
    assert.deepEqual(await other, [{ n: 1 }]);
    assert.equal(readers.reading(), 0);
  } finally {
    await opened.close();
  }
});
