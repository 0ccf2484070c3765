import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diskThresholds } from '../../../cli/serve/watch-disk.js';
import { diskState } from '../../../warehouse/disk/disk-state.js';

const gibibyte = 1024 ** 3;
const thresholds = diskThresholds({ warnFreeRatio: 0.15, stopFreeRatio: 0.05, stopFreeBytes: gibibyte });

const cases = [
  { name: 'a roomy disk is fine', totalGib: 100, freeGib: 50, expected: 'ok' },
  { name: 'less than the warning share warns', totalGib: 100, freeGib: 14, expected: 'warn' },
  { name: 'less than the stopping share stops', totalGib: 100, freeGib: 4.9, expected: 'full' },
  { name: 'a small disk stops at the stated bytes', totalGib: 4, freeGib: 0.9, expected: 'full' },
  { name: 'a huge disk does not stop with room to spare', totalGib: 20_000, freeGib: 100, expected: 'ok' },
] as const;
for (const { name, totalGib, freeGib, expected } of cases) {
  test(`diskThresholds: ${name}`, () => {
    const space = {
      totalBytes: totalGib * gibibyte,
      freeBytes: freeGib * gibibyte,
      freeInodeRatio: null,
    };
    assert.equal(diskState(space, thresholds, 'ok'), expected);
  });
}
