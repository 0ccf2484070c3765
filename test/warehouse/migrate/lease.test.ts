import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { z } from 'zod';
import { listLeases } from '../../../warehouse/migrate/lease/lease-table.js';
import { migrate } from '../../../warehouse/migrate/migrate.js';
import { toMigrations } from '../../../warehouse/migrate/migration.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { inEveryMode } from '../../support/in-every-mode.js';
import { waitUntil } from '../../support/wait-until.js';
import {
  dropDatabases,
  handClock,
  runnerDeps,
  single,
  testMigrationLimits,
  withCommands,
} from './migrate-harness.js';

const migrations = toMigrations(
  ['one', 'two', 'three'].map((name, index) => ({
    file: `000${index + 1}_${name}.sql`,
    text: `CREATE TABLE IF NOT EXISTS {{table:${name} on every node}} (a UInt8) ENGINE = {{engine:MergeTree}} ORDER BY a`,
  })),
);
const isMigrationStatement = (sql: string) => /CREATE TABLE IF NOT EXISTS \w+\.(one|two|three)\b/.test(sql);

const databases = ['five', 'slow', 'stale', 'endless'];

inEveryMode(
  'lease',
  (opened) => {
    let warehouse: Warehouse;
    beforeEach(async () => {
      warehouse = opened();
      await dropDatabases(warehouse, databases);
    });
    afterEach(async () => await dropDatabases(warehouse, databases));

    /** Counts who is inside the critical part, so that two at once cannot go unseen. */
    function witness() {
      const log: string[] = [];
      let inside: string | null = null;
      const watch = (name: string, gate: (sql: string) => Promise<void> = async () => {}) =>
        withCommands(warehouse, async (sql, run) => {
          if (!isMigrationStatement(sql)) return await run();
          assert.equal(inside, null, `${name} runs a statement while ${inside} does`);
          inside = name;
          try {
            await gate(sql);
            await run();
            log.push(`${name} ${/\.(\w+)/.exec(sql)?.[1]}`);
          } finally {
            inside = null;
          }
        });
      return { log, watch };
    }

    async function tables(database: string): Promise<string[]> {
      const sql = 'SELECT name FROM system.tables WHERE database = {database: String} ORDER BY name';
      const rows = await warehouse.query(sql, { database }, z.object({ name: z.string() }));
      return rows.map(({ name }) => name).filter((name) => !name.startsWith('schema_'));
    }

    test('of five runners that start together one works, none at the same time, all end with the schema', async () => {
      const { log, watch } = witness();
      const names = ['a', 'b', 'c', 'd', 'e'];
      const reports = await Promise.all(
        names.map((name) => migrate(watch(name), migrations, single('five'), runnerDeps(name))),
      );
      assert.equal(log.length, 3, log.join(', '));
      assert.equal(reports.flatMap(({ applied }) => applied).length, 3);
      assert.deepEqual(await tables('five'), ['one', 'three', 'two']);
      const [lease, ...older] = await listLeases(warehouse, single('five'), {
        prefix: 'schema_migrations_lease_',
        doing: 'migrating',
      });
      assert.equal(lease?.holder, null, 'given back');
      assert.deepEqual(older, [], 'nothing left behind');
    });

    test('the second waits for as long as the first shows signs of life, however slow its statement', async () => {
      const { log, watch } = witness();
      const clock = handClock();
      const timing = { ...clock, leaseMs: 1000, heartbeatMs: 200, pollMs: 100 };
      let open = () => {};
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      let entered = false;
      const slow = watch('slow', async () => {
        entered = true;
        await opened;
      });
      const first = migrate(slow, migrations, single('slow'), runnerDeps('slow', timing));
      await waitUntil('the slow one is inside its statement', () => entered);
      const second = migrate(watch('patient'), migrations, single('slow'), runnerDeps('patient', timing));
      for (let round = 0; round < 30; round += 1) {
        // Both sleep: the first until its next heartbeat, the second until its next look.
        await waitUntil('both asleep', () => clock.sleepers() === 2);
        await clock.advance(100);
      }
      assert.equal(log.length, 0, 'three lease lengths later nobody has taken over');
      open();
      assert.equal((await first).applied.length, 3);
      await waitUntil('the patient one asleep', () => clock.sleepers() === 1);
      await clock.advance(100);
      assert.deepEqual((await second).applied, []);
      assert.ok(log.every((line) => line.startsWith('slow ')));
    });

    test('a holder that fell silent is replaced, and stops when it wakes up', async () => {
      const { log, watch } = witness();
      const clock = handClock();
      const timing = { ...clock, leaseMs: 1000, heartbeatMs: 5000, pollMs: 250 };
      let wake = () => {};
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      let frozen = false;
      // Frozen between statements, where a process paused by its machine does no harm.
      const sleepy = withCommands(watch('sleepy'), async (sql, run) => {
        await run();
        if (sql.includes('.one')) {
          frozen = true;
          await woken;
        }
      });
      const first = migrate(sleepy, migrations, single('stale'), runnerDeps('sleepy', timing));
      await waitUntil('the first is frozen', () => frozen);
      const second = migrate(watch('heir'), migrations, single('stale'), runnerDeps('heir', timing));
      for (let elapsedMs = 0; elapsedMs < 1000; elapsedMs += 250) {
        await waitUntil('the heir asleep', () => clock.sleepers() === 2);
        assert.deepEqual(log, ['sleepy one'], `after ${elapsedMs} ms`);
        await clock.advance(250);
      }
      const { applied } = await second;
      assert.equal(applied.length, 3, 'the half-applied one is completed too');
      const ran = log.length;
      wake();
      await assert.rejects(first, {
        name: 'StartupError',
        message: /^Another coldburn took over migrating the database "stale"/,
      });
      assert.equal(log.length, ran, 'the woken one ran nothing more');
      assert.deepEqual(await tables('stale'), ['one', 'three', 'two']);
    });

    test('waiting has an end, and the sentence names who is waited for', async () => {
      const clock = handClock();
      let open = () => {};
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      let entered = false;
      const slow = withCommands(warehouse, async (sql, run) => {
        if (isMigrationStatement(sql)) {
          entered = true;
          await opened;
        }
        await run();
      });
      const first = migrate(slow, migrations, single('endless'), runnerDeps('db-1:42', clock));
      await waitUntil('the first is inside', () => entered);
      const deps = runnerDeps('late', { ...clock, pollMs: 1000, maxWaitMs: 2000, leaseMs: 1e9 });
      const second = assert.rejects(migrate(warehouse, migrations, single('endless'), deps), {
        name: 'StartupError',
        message:
          'Another coldburn (db-1:42) has been migrating the database "endless" for more than 2 s; wait for it to finish and start again, or stop it.',
      });
      for (let round = 0; round < 2; round += 1) {
        await waitUntil('asleep', () => clock.sleepers() >= 1);
        await waitUntil('the late one asleep', () => clock.sleepers() === 2);
        await clock.advance(1000);
      }
      await second;
      open();
      await first;
    });
  },
  testMigrationLimits,
);
