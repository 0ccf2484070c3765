import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type DiskState, diskState, worstState } from '../../../warehouse/disk/disk-state.js';
import {
  DiskThresholds,
  defaultDiskThresholds,
  limitBytes,
} from '../../../warehouse/disk/disk-thresholds.js';

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;
// On a disk of 100 bytes: warn below 20, full below 10, and out of either only at half as much again.
const thresholds = DiskThresholds.parse({
  warn: { ratio: 0.2, minBytes: 0, maxBytes: 1000 },
  full: { ratio: 0.1, minBytes: 0, maxBytes: 1000 },
  recoverRatio: 0.5,
});

const cases: { previous: DiskState; free: number; expected: DiskState; name: string }[] = [
  { name: 'room enough', previous: 'ok', free: 20, expected: 'ok' },
  { name: 'just below the warning', previous: 'ok', free: 19.9, expected: 'warn' },
  { name: 'a little better is still a warning', previous: 'warn', free: 29.9, expected: 'warn' },
  { name: 'well better is well', previous: 'warn', free: 30, expected: 'ok' },
  { name: 'exactly at the limit is not full', previous: 'warn', free: 10, expected: 'warn' },
  { name: 'below the limit is full', previous: 'ok', free: 9.9, expected: 'full' },
  { name: 'full stays full at the edge', previous: 'full', free: 14.9, expected: 'full' },
  { name: 'full is left with some room', previous: 'full', free: 15, expected: 'warn' },
  { name: 'full can become well at once', previous: 'full', free: 30, expected: 'ok' },
];
for (const { name, previous, free, expected } of cases)
  test(`diskState: ${name}`, () => {
    const space = { freeBytes: free, totalBytes: 100, freeInodeRatio: null };
    assert.equal(diskState(space, thresholds, previous), expected);
  });

test('diskState: a disk out of file entries is full, however many bytes are free', () => {
  const space = { freeBytes: 90, totalBytes: 100, freeInodeRatio: 0.009 };
  assert.equal(diskState(space, thresholds, 'ok'), 'full');
});

test('diskState: whatever came before, less room never gives a better state', () => {
  const order: DiskState[] = ['ok', 'warn', 'full'];
  const free = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(free, free, fc.constantFrom(...order), (a, b, previous) => {
      const at = (freeBytes: number) =>
        order.indexOf(diskState({ freeBytes, totalBytes: 100, freeInodeRatio: null }, thresholds, previous));
      assert.ok(at(Math.min(a, b)) >= at(Math.max(a, b)));
    }),
  );
});

test('diskState: judged again with nothing changed, a state stands', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), (freeBytes) => {
      const space = { freeBytes, totalBytes: 100, freeInodeRatio: null };
      const first = diskState(space, thresholds, 'ok');
      assert.equal(diskState(space, thresholds, first), first);
    }),
  );
});

const sizes = [
  { disk: '1 GiB', total: GiB, full: 256 * MiB },
  { disk: '20 GiB', total: 20 * GiB, full: GiB },
  { disk: '10 TiB', total: 10 * 1024 * GiB, full: 8 * GiB },
];
for (const { disk, total, full } of sizes)
  test(`limitBytes: a disk of ${disk} is full by default below ${full / MiB} MiB`, () => {
    assert.equal(limitBytes(total, defaultDiskThresholds.full), full);
  });

test('worstState: none is well, and the worst one counts', () => {
  assert.equal(worstState([]), 'ok');
  assert.equal(worstState(['ok', 'full', 'warn']), 'full');
});
