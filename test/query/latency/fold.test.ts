import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bucketMs, bucketOf } from '../../../query/latency/bucket.js';
import { quantileBucket, totalOf } from '../../../query/latency/bucket-counts.js';
import { foldExponential } from '../../../query/latency/fold-exponential.js';
import { foldHistogram } from '../../../query/latency/fold-histogram.js';

const seconds = 1e6;
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const values = fc.array(fc.double({ min: 0.0001, max: 20, noNaN: true }), { minLength: 1, maxLength: 200 });

test('an explicit histogram keeps its count, and a quantile stays inside the OTLP bucket it came from', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 100 }), (taken, percent) => {
      const bucketCounts = Array.from({ length: bounds.length + 1 }, () => 0);
      const slot = (value: number) => {
        const at = bounds.findIndex((bound) => value <= bound);
        return at === -1 ? bounds.length : at;
      };
      for (const value of taken) bucketCounts[slot(value)] = (bucketCounts[slot(value)] ?? 0) + 1;
      const [min, max] = [Math.min(...taken), Math.max(...taken)];
      const counts = foldHistogram({ bounds, bucketCounts, min, max }, seconds);
      assert.equal(totalOf(counts), taken.length);
      const sorted = taken.toSorted((one, other) => one - other);
      const exact = sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? 0;
      const bucket = quantileBucket(counts, percent / 100) ?? -1;
      const low = bounds[slot(exact) - 1] ?? 0;
      const high = bounds[slot(exact)] ?? max;
      assert.ok(bucket >= bucketOf(low * seconds) && bucket <= bucketOf(high * seconds));
    }),
  );
});

test('a quantile of an exponential histogram is within the width of its own buckets plus ours', () => {
  fc.assert(
    fc.property(
      values,
      fc.integer({ min: -1, max: 8 }),
      fc.integer({ min: 1, max: 100 }),
      (taken, scale, percent) => {
        const positive = new Map<number, number>();
        for (const value of taken) {
          const index = Math.ceil(Math.log2(value) * 2 ** scale) - 1;
          positive.set(index, (positive.get(index) ?? 0) + 1);
        }
        const counts = foldExponential({ scale, zeroCount: 3, positive }, seconds);
        assert.equal(totalOf(counts), taken.length + 3);
        const sorted = [0, 0, 0, ...taken].sort((one, other) => one - other);
        const exact = sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? 0;
        const found = bucketMs(quantileBucket(counts, percent / 100) ?? -1) / 1000;
        const factor = 2 ** (2 ** -scale) * 1.009;
        if (exact === 0) assert.equal(found, 0);
        else
          assert.ok(
            found <= exact * factor + 1e-6 && found >= exact / factor - 1e-6,
            `${found} for ${exact}`,
          );
      },
    ),
  );
});

test('what lies above the last bound counts as that bound when no maximum was told', () => {
  const counts = foldHistogram({ bounds: [1], bucketCounts: [0, 4], min: null, max: null }, seconds);
  assert.deepEqual([...counts], [[bucketOf(seconds), 4]]);
});
