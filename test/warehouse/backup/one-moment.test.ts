import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { createInsertGate } from '../../../warehouse/backup/insert-gate.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { embeddedWarehouse } from '../../support/embedded-warehouse.js';
import { tempDir } from '../../support/temp-dir.js';
import { backup, makeDatabase, restore } from './backup-harness.js';
import { fillTables } from './fill-tables.js';

const SUMS = `
  SELECT (SELECT sum(sign) FROM {database: Identifier}.invocations) AS raw,
    (SELECT sum(n) FROM {database: Identifier}.invocations_1m) AS by_minute`;
const Sums = z.object({ raw: z.coerce.number(), by_minute: z.coerce.number() });

test('backup: an insert that comes while tables are frozen waits, so that raw rows and their sums agree', async () => {
  const dir = await tempDir();
  const { warehouse, close } = await embeddedWarehouse();
  try {
    const from = await makeDatabase(warehouse);
    await fillTables(warehouse, from, 100);
    const gate = createInsertGate();
    let insert: Promise<void> | null = null;
    /** Between raw rows and their sums, somebody inserts, and is given time to be done with it. */
    const busy: Warehouse = {
      ...warehouse,
      command: async (sql, params, options) => {
        if (insert === null && sql.includes('backup__invocations_1h ATTACH')) {
          insert = fillTables(gate.around(warehouse), from, 10);
          await Promise.race([insert, pause(1000)]);
        }
        await warehouse.command(sql, params, options);
      },
    };
    await backup(busy, from, join(dir.path, 'backup'), { whileStill: gate.whileStill });
    assert.ok(insert !== null, 'somebody inserted meanwhile');
    await insert;
    const to = await makeDatabase(warehouse);
    await restore(warehouse, to, join(dir.path, 'backup'));
    assert.deepEqual(await warehouse.query(SUMS, { database: to }, Sums), [{ raw: 110, by_minute: 110 }]);
    assert.deepEqual(await warehouse.query(SUMS, { database: from }, Sums), [{ raw: 121, by_minute: 121 }]);
  } finally {
    await close();
    await dir.remove();
  }
});
