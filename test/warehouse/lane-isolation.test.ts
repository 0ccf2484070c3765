import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { testLimits } from '../support/embedded-warehouse.js';
import { inEveryMode } from '../support/in-every-mode.js';
import { writeSegment } from '../support/segment-file.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';
import { waitUntil } from '../support/wait-until.js';

const TABLE = 'CREATE TABLE readings (id UInt32, label String) ENGINE = MergeTree ORDER BY id';
const ENDLESS = 'SELECT count() AS n FROM numbers(1000000000000) WHERE sipHash64(number) % 7 = 0';
const RUNNING = `SELECT count() AS n FROM system.processes WHERE startsWith(Settings['log_comment'], {prefix: String})`;
const N = z.object({ n: z.coerce.number() });

const limits = { ...testLimits, lanes: { ...testLimits.lanes, queries: { width: 2, queueLength: 2 } } };

inEveryMode(
  'lanes',
  (warehouse) => {
    let dir: TempDir;
    before(async () => {
      dir = await tempDir();
      await warehouse().command(TABLE);
    });
    after(() => dir.remove());

    test('dashboards that fill their lane hold up neither inserts, commands nor lookups', async () => {
      const dashboards = new AbortController();
      const ended: string[] = [];
      const ask = (index: number) =>
        warehouse()
          .query(ENDLESS, {}, N, {
            signal: dashboards.signal,
            queryId: `dashboard-${index}`,
            timeoutMs: 60_000,
          })
          .catch((error: { kind: string }) => void ended.push(error.kind));
      const asked = [0, 1, 2, 3].map(ask);
      await waitUntil('the lane is full', async () => {
        const [row] = await warehouse().query(RUNNING, { prefix: 'dashboard-' }, N, { lane: 'lookups' });
        return row?.n === 2;
      });
      await assert.rejects(warehouse().query('SELECT 1 AS n', {}, N), { kind: 'overloaded' });

      await warehouse().insertSegment(await writeSegment(dir.path, 'readings', 'a', [{ id: 1, label: 'a' }]));
      await warehouse().command("INSERT INTO readings SELECT 2, 'b'");
      const rows = await warehouse().query('SELECT count() AS n FROM readings', {}, N, { lane: 'lookups' });
      assert.deepEqual(rows, [{ n: 2 }]);
      assert.deepEqual(ended, [], 'the dashboards were still running');

      dashboards.abort();
      await Promise.all(asked);
      assert.deepEqual(ended, ['cancelled', 'cancelled', 'cancelled', 'cancelled']);
    });

    test('whoever waits in vain until the deadline is told that it was the crowd', async () => {
      const dashboards = new AbortController();
      const asked = [0, 1].map((index) =>
        warehouse()
          .query(ENDLESS, {}, N, { signal: dashboards.signal, queryId: `crowd-${index}`, timeoutMs: 60_000 })
          .catch((error: { kind: string }) => error.kind),
      );
      await assert.rejects(warehouse().query('SELECT 1 AS n', {}, N, { timeoutMs: 100 }), {
        kind: 'overloaded',
      });
      dashboards.abort();
      assert.deepEqual(await Promise.all(asked), ['cancelled', 'cancelled']);
    });

    test('closing sends readers away, lets a begun insert finish, and refuses what comes after', async () => {
      const reading = assert.rejects(warehouse().query(ENDLESS, {}, N, { timeoutMs: 60_000 }), {
        kind: 'unavailable',
      });
      const rows = Array.from({ length: 50_000 }, (_, id) => ({ id, label: 'last' }));
      const inserting = warehouse().insertSegment(await writeSegment(dir.path, 'readings', 'last', rows));
      const closed = warehouse().close();
      await reading;
      await inserting;
      await closed;
      await assert.rejects(warehouse().query('SELECT 1 AS n', {}, N), { kind: 'unavailable' });
      await warehouse().close();
    });
  },
  limits,
);
