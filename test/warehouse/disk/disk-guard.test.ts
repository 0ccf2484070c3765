import assert from 'node:assert/strict';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { createDiskGuard } from '../../../warehouse/disk/disk-guard.js';
import type { DiskState } from '../../../warehouse/disk/disk-state.js';
import { DiskThresholds } from '../../../warehouse/disk/disk-thresholds.js';
import { readFolders, type StatFs } from '../../../warehouse/disk/read-folders.js';

const thresholds = DiskThresholds.parse({
  warn: { ratio: 0.2, minBytes: 0, maxBytes: 1e12 },
  full: { ratio: 0.1, minBytes: 0, maxBytes: 1e12 },
});
const MiB = 1024 ** 2;

function guardOver(statfs: StatFs) {
  const changes: [DiskState, DiskState][] = [];
  const folders = [
    { name: 'data', path: '/data' },
    { name: 'spool', path: '/spool' },
  ];
  const guard = createDiskGuard({
    readDisks: () => readFolders(folders, statfs),
    thresholds,
    onChange: (report, previous) => changes.push([previous, report.state]),
  });
  return { guard, changes };
}

test('disk guard: a disk that fills up stops the intake once, says so, and opens it again with room to spare', async () => {
  let spoolFreeMiB = 500;
  const { guard, changes } = guardOver(async (path) => ({
    bsize: MiB,
    blocks: 1000,
    bavail: path === '/spool' ? spoolFreeMiB : 900,
    files: 0,
    ffree: 0,
  }));
  assert.equal((await guard.check()).state, 'ok');
  assert.equal(guard.current().sentence, null);
  const states: DiskState[] = [];
  for (spoolFreeMiB of [150, 99, 105, 119, 121, 239, 241]) states.push((await guard.check()).state);
  assert.deepEqual(states, ['warn', 'full', 'full', 'full', 'warn', 'warn', 'ok']);
  assert.deepEqual(changes, [
    ['ok', 'warn'],
    ['warn', 'full'],
    ['full', 'warn'],
    ['warn', 'ok'],
  ]);
  spoolFreeMiB = 50;
  await guard.check();
  assert.equal(
    guard.current().sentence,
    'No more data is taken: the disk of spool (/spool) has 50 MiB free, the limit is 100 MiB; free some space, shorten the retention, or drop the oldest days.',
  );
});

test('disk guard: a disk that cannot be read keeps its last state and says why', async () => {
  let broken = false;
  const { guard } = guardOver(async () => {
    if (broken) throw new Error('EIO: i/o error');
    return { bsize: MiB, blocks: 1000, bavail: 50, files: 0, ffree: 0 };
  });
  assert.equal((await guard.check()).state, 'full');
  broken = true;
  const report = await guard.check();
  assert.equal(report.state, 'full', 'not knowing is not having room');
  assert.equal(report.sentence, 'Free space on the disk of data (/data) cannot be read: EIO: i/o error');
});

test('readFolders: the real file system answers with plausible figures', async () => {
  const [reading] = await readFolders([{ name: 'tmp', path: tmpdir() }], statfs);
  assert.ok(reading?.kind === 'measured');
  const { freeBytes, totalBytes } = reading.space;
  assert.ok(freeBytes > 0 && totalBytes >= freeBytes);
});
