/** Nearest-rank percentiles in microseconds; null of nothing. */
export type Percentiles = { p50Us: number; p95Us: number; p99Us: number; maxUs: number } | null;

/** Expects the durations in ascending order. */
export function percentilesOf(sortedUs: readonly number[]): Percentiles {
  const maxUs = sortedUs.at(-1);
  if (maxUs === undefined) return null;
  const rank = (percent: number) => sortedUs[Math.ceil((percent * sortedUs.length) / 100) - 1] ?? maxUs;
  return { p50Us: rank(50), p95Us: rank(95), p99Us: rank(99), maxUs };
}

/** The lower edge of a duration's bucket: its first two significant digits. */
function bucketUs(durationUs: number): number {
  if (durationUs < 100) return durationUs;
  const step = 10 ** (Math.floor(Math.log10(durationUs)) - 1);
  return Math.floor(durationUs / step) * step;
}

/** Pairs of bucket and count, smallest bucket first. */
export function histogramOf(sortedUs: readonly number[]): [number, number][] {
  const buckets: [number, number][] = [];
  for (const durationUs of sortedUs) {
    const bucket = bucketUs(durationUs);
    const last = buckets.at(-1);
    if (last !== undefined && last[0] === bucket) last[1]++;
    else buckets.push([bucket, 1]);
  }
  return buckets;
}
