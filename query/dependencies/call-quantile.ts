/** Buckets are those of the rollups: 1 us wide below 256 us, then 128 for each doubling. */
const halfCount = 128;

export type BucketCount = { readonly bucket: number; readonly n: number };

/** The nearest rank among durations counted by bucket, ordered by it: the middle of its bucket. Null of nothing. */
export function callQuantileMs(counts: readonly BucketCount[], quantile: number): number | null {
  const total = counts.reduce((sum, { n }) => sum + n, 0);
  const rank = Math.max(1, Math.ceil(quantile * total * (1 - 1e-12)));
  let seen = 0;
  for (const { bucket, n } of counts) {
    seen += n;
    if (seen >= rank) return middleMs(bucket);
  }
  return null;
}

function middleMs(bucket: number): number {
  const doublings = Math.max(0, Math.floor(bucket / halfCount) - 1);
  const widthUs = 2 ** doublings;
  const lowUs = (bucket - doublings * halfCount) * widthUs;
  return (lowUs + (widthUs - 1) / 2) / 1000;
}
