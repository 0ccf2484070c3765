import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInsertGate } from '../../../warehouse/backup/insert-gate.js';
import { openMigrated } from '../../support/open-migrated.js';
import { waitUntil } from '../../support/wait-until.js';

test('insert gate: waits for the insert under way, holds up the next, and lets it go on; reads pass', async () => {
  const { warehouse, close } = await openMigrated();
  const log: string[] = [];
  const ends: (() => void)[] = [];
  const gate = createInsertGate();
  const gated = gate.around({
    ...warehouse,
    command: async (sql) => {
      log.push(`begins ${sql}`);
      await new Promise<void>((resolve) => ends.push(resolve));
      log.push(`ends ${sql}`);
    },
  });
  const endNext = () => ends.shift()?.();
  const first = gated.command('INSERT 1');
  const still = gate.whileStill(async () => {
    log.push('still');
  });
  const second = gated.command('INSERT 2');
  const other = gated.command('SYSTEM SYNC');
  await waitUntil('the first and the other run', () => ends.length === 2);
  assert.deepEqual(log, ['begins INSERT 1', 'begins SYSTEM SYNC']);
  endNext();
  endNext();
  await Promise.all([first, other, still]);
  await waitUntil('the second runs', () => ends.length === 1);
  endNext();
  await second;
  assert.deepEqual(log.slice(2), [
    'ends INSERT 1',
    'ends SYSTEM SYNC',
    'still',
    'begins INSERT 2',
    'ends INSERT 2',
  ]);
  await assert.rejects(
    gate.whileStill(async () => {
      throw new Error('no snapshot');
    }),
    /no snapshot/,
  );
  const third = gated.command('INSERT 3');
  await waitUntil('a failed snapshot opens the gate again', () => ends.length === 1);
  endNext();
  await third;
  await close();
});
