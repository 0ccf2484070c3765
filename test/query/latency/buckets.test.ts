import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { build, JsHistogram } from 'hdr-histogram-js';
import { bucketMs, bucketOf, bucketRange } from '../../../query/latency/bucket.js';
import { mergeCounts, quantileBucket, shareUnder, totalOf } from '../../../query/latency/bucket-counts.js';
import { fromHdr, toHdr } from '../../../query/latency/hdr.js';

const micros = fc.oneof(
  fc.nat(1000),
  fc.nat({ max: 2 ** 31 - 1 }),
  fc.maxSafeNat().map((n) => n % 2 ** 41),
);
const durations = fc.array(micros, { minLength: 1, maxLength: 300 });

function countsOf(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const us of values) counts.set(bucketOf(us), (counts.get(bucketOf(us)) ?? 0) + 1);
  return counts;
}

test('every duration lies in its bucket, which is 1 us or at most 1/128 of it wide, and off its middle by 0.4 %', () => {
  fc.assert(
    fc.property(micros, (us) => {
      const { lowUs, highUs } = bucketRange(bucketOf(us));
      assert.ok(lowUs <= us && us < highUs);
      assert.ok(highUs - lowUs <= Math.max(1, us / 128));
      assert.ok(Math.abs(bucketMs(bucketOf(us)) * 1000 - us) <= us * 0.004);
    }),
  );
});

test('buckets follow each other without gap or overlap', () => {
  for (let bucket = 0; bucket < 5000; bucket += 1) {
    assert.equal(bucketRange(bucket).highUs, bucketRange(bucket + 1).lowUs);
    assert.equal(bucketOf(bucketRange(bucket).lowUs), bucket);
    assert.equal(bucketOf(bucketRange(bucket).highUs - 1), bucket);
  }
});

test('counts are those of an HDR histogram with two significant digits, there and back', () => {
  fc.assert(
    fc.property(durations, (values) => {
      const hdr = build({ numberOfSignificantValueDigits: 2, autoResize: true, bitBucketSize: 64 });
      assert.ok(hdr instanceof JsHistogram);
      for (const us of values) hdr.recordValue(us);
      const counts = countsOf(values);
      assert.deepEqual(
        [...fromHdr(hdr)],
        [...counts].sort(([a], [b]) => a - b),
      );
      assert.deepEqual(fromHdr(toHdr(counts)), fromHdr(hdr));
    }),
    { numRuns: 50 },
  );
});

test('a quantile is the bucket of the nearest rank of the sorted durations', () => {
  fc.assert(
    fc.property(durations, fc.integer({ min: 1, max: 100 }), (values, percent) => {
      const sorted = values.toSorted((one, other) => one - other);
      const exact = sorted[Math.ceil((percent * sorted.length) / 100) - 1];
      assert.ok(exact !== undefined);
      assert.equal(quantileBucket(countsOf(values), percent / 100), bucketOf(exact));
    }),
  );
  assert.equal(quantileBucket(new Map(), 0.5), null);
  assert.equal(quantileBucket(new Map([[3, 5]]), 0), 3);
});

test('the share under a threshold is right within what it says, and exact at the edge of a bucket', () => {
  fc.assert(
    fc.property(durations, micros, (values, thresholdUs) => {
      const counts = countsOf(values);
      const exact = (limit: number) => values.filter((us) => us < limit).length;
      const share = shareUnder(counts, thresholdUs);
      assert.equal(share.total, values.length);
      assert.ok(Math.abs(share.under - exact(thresholdUs)) <= share.uncertain + 1e-9);
      const edge = bucketRange(bucketOf(thresholdUs)).lowUs;
      assert.deepEqual(shareUnder(counts, edge), { under: exact(edge), total: values.length, uncertain: 0 });
    }),
  );
});

test('counts of parts merge into the counts of the whole', () => {
  fc.assert(
    fc.property(durations, durations, (one, other) => {
      const merged = mergeCounts([countsOf(one), countsOf(other)]);
      assert.deepEqual(new Map(merged), countsOf([...one, ...other]));
      assert.equal(totalOf(merged), one.length + other.length);
    }),
  );
});
