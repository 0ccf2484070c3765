import { bucketOf, bucketRange } from './bucket.js';

/**
 * Adds `n` durations known only to lie in (lowUs, highUs] to the buckets there, as if they lay evenly. The sum stays
 * exact; each one is off by at most highUs - lowUs.
 */
export function spreadEvenly(into: Map<number, number>, lowUs: number, highUs: number, n: number): void {
  if (n <= 0) return;
  const low = Math.max(0, lowUs);
  const high = Math.max(low, highUs);
  let placed = 0;
  const last = bucketOf(high);
  for (let bucket = bucketOf(low); bucket < last; bucket += 1) {
    const upTo = Math.round((n * (bucketRange(bucket).highUs - low)) / (high - low));
    add(into, bucket, upTo - placed);
    placed = upTo;
  }
  add(into, last, n - placed);
}

function add(into: Map<number, number>, bucket: number, n: number): void {
  if (n > 0) into.set(bucket, (into.get(bucket) ?? 0) + n);
}
