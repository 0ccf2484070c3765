import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { planChunks } from '../../../warehouse/backup/plan-chunks.js';

const part = fc.record({
  name: fc.uuid(),
  rows: fc.integer({ min: 0, max: 5000 }),
  uncompressedBytes: fc.integer({ min: 0, max: 5_000_000 }),
});

test('planChunks: every row of every part is in exactly one chunk, and none is larger than asked for but by one row', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), fc.integer({ min: 1, max: 100_000 }), (parts, bytes) => {
      const chunks = planChunks(parts, bytes);
      for (const { name, rows, uncompressedBytes } of parts) {
        const own = chunks.filter((chunk) => chunk.part === name);
        let next = 0;
        for (const { from, to } of own) {
          assert.equal(from, next);
          assert.ok(to > from);
          assert.ok(
            to - from === 1 || (to - from) * (uncompressedBytes / rows) <= bytes || uncompressedBytes < rows,
          );
          next = to;
        }
        assert.equal(next, rows);
      }
    }),
  );
});
