import { bucketMs } from '../latency/bucket.js';
import { quantileBucket } from '../latency/bucket-counts.js';
import { nearestRank } from '../latency/nearest-rank.js';

/** The nearest rank among values in ascending order, each there `n` times. Null of nothing. */
export function quantileOfValues(
  values: readonly (readonly [value: number, n: number])[],
  quantile: number,
): number | null {
  const rank = nearestRank(
    quantile,
    values.reduce((sum, [, n]) => sum + n, 0),
  );
  let below = 0;
  for (const [value, n] of values) {
    below += n;
    if (below >= rank) return value;
  }
  return values.at(-1)?.[0] ?? null;
}

/** In milliseconds, within half a bucket. */
export function quantileOfBuckets(counts: ReadonlyMap<number, number>, quantile: number): number | null {
  const bucket = quantileBucket(counts, quantile);
  return bucket === null ? null : bucketMs(bucket);
}
