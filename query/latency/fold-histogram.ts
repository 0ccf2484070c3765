import { spreadEvenly } from './spread.js';

/** An OTLP histogram: bucketCounts[i] values lie in (bounds[i - 1], bounds[i]]; there is one count more than bounds. */
export type ExplicitHistogram = {
  bounds: readonly number[];
  bucketCounts: readonly number[];
  min: number | null;
  max: number | null;
};

/**
 * Puts the counts of an explicit-bounds histogram into latency buckets. A value is off by at most the width of the OTLP
 * bucket it came in; one above the last bound counts as the maximum, or as the last bound when no maximum was told.
 */
export function foldHistogram(histogram: ExplicitHistogram, usPerUnit: number): Map<number, number> {
  const { bounds, bucketCounts, min, max } = histogram;
  const counts = new Map<number, number>();
  const least = min ?? 0;
  const most = max ?? Number.POSITIVE_INFINITY;
  for (const [index, n] of bucketCounts.entries()) {
    const low = Math.max(least, bounds[index - 1] ?? 0);
    const bound = bounds[index] ?? (max === null ? low : most);
    const high = Math.max(low, Math.min(most, bound));
    spreadEvenly(counts, low * usPerUnit, high * usPerUnit, n);
  }
  return counts;
}
