import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { constants, getPriority } from 'node:os';
import process from 'node:process';
import { describe, test } from 'node:test';
import { EngineThreads } from '../../../warehouse/embedded/engine-threads.js';
import { embeddedWarehouse } from '../../support/embedded-warehouse.js';
import { writeSegment } from '../../support/segment-file.js';
import { tempDir } from '../../support/temp-dir.js';

const TABLE = 'CREATE TABLE readings (id UInt32, label String) ENGINE = MergeTree ORDER BY id';
const below = Math.min(
  constants.priority.PRIORITY_LOW,
  getPriority(process.pid) + constants.priority.PRIORITY_BELOW_NORMAL,
);

// Elsewhere a thread has no priority of its own.
describe('engine threads', { skip: process.platform !== 'linux' }, () => {
  test('step back behind those of the process that receives', async () => {
    const ours = await threadIds();
    const dir = await tempDir();
    const { warehouse, close } = await embeddedWarehouse();
    try {
      await warehouse.command(TABLE);
      await warehouse.insertSegment(await writeSegment(dir.path, 'readings', 'one', [{ id: 1, label: 'a' }]));
      const theirs = (await threadIds()).filter((id) => !ours.includes(id));
      const priorities = theirs.map(priorityOf).filter((one) => one !== null);
      assert.ok(priorities.length > 3, `the engine has ${priorities.length} threads`);
      assert.deepEqual([...new Set(priorities)], [below]);
      const kept = ours.map(priorityOf).filter((one) => one !== null);
      assert.deepEqual([...new Set(kept)], [getPriority(process.pid)]);
    } finally {
      await close();
      await dir.remove();
    }
  });
});

test('engine threads: when threads cannot be listed once, those that receive stay as they are', async () => {
  const listings = [[process.pid], null, [process.pid]];
  const threads = await EngineThreads.open(async () => listings.shift() ?? null);
  const before = getPriority(process.pid);
  await threads.stepBack();
  await threads.stepBack();
  assert.deepEqual([listings.length, getPriority(process.pid)], [0, before]);
});

test('engine threads: nothing steps back when they could not be listed before the engine was opened', async () => {
  const listings = [null, [process.pid]];
  const threads = await EngineThreads.open(async () => listings.shift() ?? null);
  const before = getPriority(process.pid);
  await threads.stepBack();
  assert.deepEqual([listings.length, getPriority(process.pid)], [0, before]);
});

async function threadIds(): Promise<number[]> {
  return (await readdir('/proc/self/task')).map(Number);
}

/** Null when the thread has ended since it was listed. */
function priorityOf(threadId: number): number | null {
  try {
    return getPriority(threadId);
  } catch {
    return null;
  }
}
