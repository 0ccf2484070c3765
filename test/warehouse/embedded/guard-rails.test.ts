import assert from 'node:assert/strict';
import process from 'node:process';
import { after, before, describe, test } from 'node:test';
import { z } from 'zod';
import { embeddedWarehouse, type TestWarehouse, testLimits } from '../../support/embedded-warehouse.js';
import { waitUntil } from '../../support/wait-until.js';

const SETTING = 'SELECT value FROM system.server_settings WHERE name = {name: String}';
const TABLE_SETTING = 'SELECT value FROM system.merge_tree_settings WHERE name = {name: String}';
const LOGS = `SELECT name FROM system.tables WHERE database = 'system' AND endsWith(name, '_log')`;
const HUNGRY = 'SELECT length(groupArray(number)) AS n FROM numbers(2000000000)';
const idleBytes = 400e6;
const LARGE = 'SELECT sum(n) AS n FROM (SELECT number, count() AS n FROM numbers(4000000) GROUP BY number)';
const Setting = z.object({ value: z.string() });
const Any = z.record(z.string(), z.unknown());

describe('embedded engine, guard rails', () => {
  let opened: TestWarehouse;
  before(async () => {
    opened = await embeddedWarehouse({ ...testLimits, engineMemoryBytes: 1024 ** 3 });
  });
  after(() => opened.close());

  test('idle, the whole process stays under 400 MB', () => {
    assert.ok(process.memoryUsage.rss() < idleBytes, `${process.memoryUsage.rss() / 1e6} MB`);
  });

  const caps = [
    { name: 'max_server_memory_usage', value: 1024 ** 3 },
    { name: 'mark_cache_size', value: Math.floor(testLimits.cacheBytes / 2) },
    { name: 'background_pool_size', value: testLimits.mergeThreads },
  ];
  for (const { name, value } of caps) {
    test(`${name} is what the limits say`, async () => {
      assert.deepEqual(await opened.warehouse.query(SETTING, { name }, Setting), [{ value: String(value) }]);
    });
  }

  const ofTables = [
    { name: 'auto_statistics_types', value: '' },
    { name: 'merge_selector_base', value: '8' },
  ];
  for (const { name, value } of ofTables) {
    test(`merges are kept cheap: ${name}`, async () => {
      assert.deepEqual(await opened.warehouse.query(TABLE_SETTING, { name }, Setting), [{ value }]);
    });
  }

  test('the engine keeps no logs of its own', async () => {
    assert.deepEqual(await opened.warehouse.query(LOGS, {}, Any), []);
  });

  test('a query that asks for more than the engine has is refused, and the engine lives on', async () => {
    const greedy = { memoryBytes: 64 * 1024 ** 3, timeoutMs: 60_000 };
    await assert.rejects(opened.warehouse.query(HUNGRY, {}, Any, greedy), {
      kind: 'resource-limit',
      code: 241,
    });
    assert.deepEqual(await opened.warehouse.query('SELECT 1 AS one', {}, Any), [{ one: 1 }]);
  });

  test('memory that a large question took goes back to the system at once', async () => {
    await opened.warehouse.query(LARGE, {}, Any, { memoryBytes: 1024 ** 3 });
    await waitUntil(
      'the process is small again',
      async () => {
        await opened.warehouse.query('SELECT 1 AS one', {}, Any);
        return process.memoryUsage.rss() < idleBytes;
      },
      3000,
    );
  });
});
