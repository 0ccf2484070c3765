import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { defaultLimits } from '../../warehouse/warehouse-limits.js';

const gibibyte = 1024 ** 3;
const machines = fc.tuple(
  fc.integer({ min: gibibyte, max: 2048 * gibibyte }),
  fc.integer({ min: 1, max: 256 }),
);

test('defaultLimits: the engine never takes more than half of a machine of 1 GiB or more', () => {
  fc.assert(
    fc.property(machines, ([memoryBytes, cores]) => {
      const limits = defaultLimits(memoryBytes, cores);
      assert.ok(limits.engineMemoryBytes <= memoryBytes / 2);
      assert.ok(limits.cacheBytes <= limits.engineMemoryBytes / 16);
    }),
  );
});

test('defaultLimits: one query cannot take the engine, and everything is a whole positive number', () => {
  fc.assert(
    fc.property(machines, ([memoryBytes, cores]) => {
      const { lanes, ...numbers } = defaultLimits(memoryBytes, cores);
      assert.ok(numbers.queryMemoryBytes <= numbers.engineMemoryBytes / 2);
      for (const value of Object.values(numbers)) assert.ok(Number.isSafeInteger(value) && value > 0);
      for (const { width, queueLength } of Object.values(lanes)) assert.ok(width >= 1 && queueLength >= 1);
    }),
  );
});

test('defaultLimits: a larger machine never gets less', () => {
  fc.assert(
    fc.property(machines, ([memoryBytes, cores]) => {
      const small = defaultLimits(memoryBytes, cores);
      const large = defaultLimits(memoryBytes * 2, cores * 2);
      assert.ok(large.queryMemoryBytes >= small.queryMemoryBytes);
      assert.ok(large.lanes.queries.width >= small.lanes.queries.width);
    }),
  );
});
