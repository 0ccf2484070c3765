import { bucketRange } from './bucket.js';
import { nearestRank } from './nearest-rank.js';

/** How many durations fell into each bucket. Weighted counts need not be whole. */
export type BucketCounts = ReadonlyMap<number, number>;

export function totalOf(counts: BucketCounts): number {
  let total = 0;
  for (const n of counts.values()) total += n;
  return total;
}

/** The counts of several windows, places or senders as if they had been one. */
export function mergeCounts(parts: Iterable<BucketCounts>): Map<number, number> {
  const merged = new Map<number, number>();
  for (const part of parts) for (const [bucket, n] of part) merged.set(bucket, (merged.get(bucket) ?? 0) + n);
  return merged;
}

/** The bucket of the nearest rank: the lowest that at least this share of all durations is in or below. Null of nothing. */
export function quantileBucket(counts: BucketCounts, quantile: number): number | null {
  const rank = nearestRank(quantile, totalOf(counts));
  let below = 0;
  for (const [bucket, n] of inOrder(counts)) {
    below += n;
    if (below >= rank) return bucket;
  }
  return null;
}

export type Share = {
  under: number;
  total: number;
  /** `under` is off by at most this: what lies in the bucket the threshold cuts. 0 when it cuts none. */
  uncertain: number;
};

/** How many took less than the threshold; inside the bucket it cuts, durations are taken to lie evenly. */
export function shareUnder(counts: BucketCounts, thresholdUs: number): Share {
  const share = { under: 0, total: 0, uncertain: 0 };
  for (const [bucket, n] of counts) {
    const { lowUs, highUs } = bucketRange(bucket);
    const part = Math.min(1, Math.max(0, (thresholdUs - lowUs) / (highUs - lowUs)));
    share.total += n;
    share.under += n * part;
    if (part > 0 && part < 1) share.uncertain = n * Math.max(part, 1 - part);
  }
  return share;
}

function inOrder(counts: BucketCounts): [number, number][] {
  return [...counts].filter(([, n]) => n > 0).sort(([one], [other]) => one - other);
}
