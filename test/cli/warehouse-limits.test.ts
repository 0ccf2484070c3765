import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configuredLimits } from '../../cli/warehouse-limits.js';
import { defaultLimits } from '../../warehouse/warehouse-limits.js';

const GiB = 2 ** 30;
const auto = {
  memoryBytes: 'auto',
  query: { timeMs: 30_000, memoryBytes: 'auto', concurrent: 'auto' },
} as const;

test('configuredLimits: auto is what suits the machine', () => {
  assert.deepEqual(configuredLimits(auto, 8 * GiB, 4), defaultLimits(8 * GiB, 4));
});

test('configuredLimits: what is configured is what counts, whatever the machine', () => {
  const query = { timeMs: 5000, memoryBytes: GiB, concurrent: 7 };
  const limits = configuredLimits({ memoryBytes: 3 * GiB, query }, 64 * GiB, 16);
  assert.equal(limits.engineMemoryBytes, 3 * GiB);
  assert.equal(limits.queryMemoryBytes, GiB);
  assert.equal(limits.queryTimeoutMs, 5000);
  assert.equal(limits.lanes.queries.width, 7);
  assert.ok(limits.cacheBytes < 3 * GiB);
});

test('configuredLimits: nothing inside a small engine may use more than the engine', () => {
  const limits = configuredLimits({ ...auto, memoryBytes: GiB / 4 }, 64 * GiB, 16);
  assert.equal(limits.engineMemoryBytes, GiB / 4);
  for (const part of [limits.queryMemoryBytes, limits.insertMemoryBytes, limits.cacheBytes]) {
    assert.ok(part <= GiB / 4);
  }
});
