import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Settling, startSettling } from '../../settle/start-settling.js';
import type { TestWarehouse } from '../support/embedded-warehouse.js';
import { insertInvocations } from '../support/insert-invocations.js';
import { insertReports } from '../support/insert-reports.js';
import { migrateForTest } from '../support/migrated-warehouse.js';
import { serverWarehouse } from '../support/server-warehouse.js';
import { tempDir } from '../support/temp-dir.js';
import { waitUntil } from '../support/wait-until.js';
import { netRows, rollup, testRules } from './settle-harness.js';

let opened: TestWarehouse | null = null;
let directory: Awaited<ReturnType<typeof tempDir>> | null = null;
const running: Settling[] = [];
before(async () => {
  opened = await serverWarehouse();
  directory = await tempDir();
});
after(async () => {
  for (const settling of running) await settling.stop();
  await opened?.close();
  await directory?.remove();
});

test('of two processes one settles, and the other takes over when it ends', async () => {
  const warehouse = opened?.warehouse;
  assert.ok(warehouse !== undefined && directory !== null);
  const [named] = await warehouse.query(
    'SELECT currentDatabase() AS name',
    {},
    z.object({ name: z.string() }),
  );
  const database = named?.name ?? '';
  await migrateForTest(warehouse, database);
  const { path } = directory;
  const begin = (holder: string): Settling => {
    const settling = startSettling({
      warehouse,
      directory: path,
      newId: randomUUID,
      now: () => new Date(),
      rules: testRules,
      delayMs: 0,
      everyMs: 20,
      target: { kind: 'single', database },
      lease: { holder, leaseMs: 2_000, heartbeatMs: 300, pollMs: 50, isAbandoned: () => false },
      wait: async (ms, signal) => {
        await sleep(ms, undefined, { signal }).catch(() => undefined);
      },
      random: () => 0.5,
      log: { warn: () => {}, info: () => {} },
    });
    running.push(settling);
    return settling;
  };
  const store = async (name: string) => {
    const startedAt = new Date(Date.now() - 3_000);
    const invocationId = `id-${name}`;
    await insertInvocations(warehouse, [
      { function: name, startedAt, invocationId, spanId: '00000000000000a1' },
    ]);
    await insertReports(warehouse, [
      { function: name, at: new Date(startedAt.getTime() + 11), invocationId, billedMs: 3 },
    ]);
    await waitUntil(`${name} is settled`, async () => (await rollup(warehouse, name)).billedMs === 3, 30_000);
    assert.deepEqual(
      (await netRows(warehouse, name)).map(({ n }) => n),
      [1],
    );
  };
  const settlings = [begin('one'), begin('two')];
  await store('both');
  const [active, waiting] = settlings.toSorted(
    (one, other) => Number(other.stats().lastTickAtMs) - Number(one.stats().lastTickAtMs),
  );
  assert.ok(active !== undefined && waiting !== undefined);
  assert.equal(waiting.stats().lastTickAtMs, null, 'only one of them looks');
  await active.stop();
  await store('after');
  await waitUntil('the other looks', () => waiting.stats().lastTickAtMs !== null);
});
