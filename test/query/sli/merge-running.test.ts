import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeRunning, type RunningRow } from '../../../query/sli/merge-running.js';

const row = fc.record({
  column: fc.integer({ min: 0, max: 3 }),
  labels: fc.array(fc.constantFrom('pay', 'prod'), { maxLength: 1 }),
  total: fc.nat({ max: 60 }),
  good: fc.nat({ max: 60 }),
  highest: fc.nat({ max: 900 }),
});
const answers = fc.array(fc.array(row, { maxLength: 6 }), { maxLength: 4 });

test('however answers are parted, minutes add up and the highest is the highest', () => {
  fc.assert(
    fc.property(answers, (parted) => {
      const merged = mergeRunning(parted);
      const all = parted.flat();
      const sum = (rows: readonly RunningRow[], of: 'total' | 'good') =>
        rows.reduce((so, one) => so + one[of], 0);
      assert.equal(sum(merged, 'total'), sum(all, 'total'));
      assert.equal(sum(merged, 'good'), sum(all, 'good'));
      const most = (rows: readonly RunningRow[]) => Math.max(0, ...rows.map(({ highest }) => highest));
      assert.equal(most(merged), most(all));
      const keys = merged.map(({ column, labels }) => JSON.stringify([column, labels]));
      assert.equal(new Set(keys).size, keys.length);
      assert.deepEqual(
        merged.map(({ column }) => column),
        merged.map(({ column }) => column).sort((one, other) => one - other),
      );
      assert.deepEqual(mergeRunning([merged]), merged);
    }),
  );
});
