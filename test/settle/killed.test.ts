import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { migratedWarehouse } from '../support/migrated-warehouse.js';
import { tempDir } from '../support/temp-dir.js';
import { netRows, rollup, settlerUnderTest, shiftedClock } from './settle-harness.js';

// Where in a tick these strike depends on the machine; each tick takes a few hundred milliseconds.
const livesMs = [30, 120, 250, 400];

test('a process killed again and again while it settles corrects each row once', {
  timeout: 120_000,
}, async () => {
  const data = await tempDir();
  const work = await tempDir();
  try {
    for (const [round, lifeMs] of livesMs.entries()) {
      const program = join(import.meta.dirname, 'settle-program.js');
      const child = spawn(execPath, [program, data.path, work.path, String(round)], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { UV_THREADPOOL_SIZE: '24' },
      });
      const exited = once(child, 'exit');
      const settling = once(child.stdout, 'data').then(() => true);
      assert.ok(await Promise.race([settling, exited.then(() => false)]), 'the child settles');
      await pause(lifeMs);
      child.kill('SIGKILL');
      await exited;
    }
    const warehouse = await migratedWarehouse(data.path);
    try {
      await settlerUnderTest(warehouse, work.path, shiftedClock()).tick();
      const rows = await netRows(warehouse, 'mortal');
      assert.equal(rows.length, 1_000 * livesMs.length);
      assert.ok(rows.every(({ n, reported, billedMs }) => n === 1 && reported && billedMs === 1));
      const { n, reported, billedMs } = await rollup(warehouse, 'mortal');
      assert.deepEqual([n, reported, billedMs], [rows.length, rows.length, rows.length]);
    } finally {
      await warehouse.close();
    }
  } finally {
    await data.remove();
    await work.remove();
  }
});
