/** Sub-buckets of each doubling: 128, so that a bucket is at most 1/128 of its values wide. */
const halfCount = 128;

/**
 * The bucket of a duration of whole microseconds: 1 us wide below 256 us, then 128 for each doubling. These are the buckets
 * of an HDR histogram with two significant digits, and of the rollups latency_1m, latency_1h and latency_1d.
 */
export function bucketOf(us: number): number {
  const whole = Math.max(0, Math.floor(us));
  // Above 2^53 the engine's exponent is that of the rounded double, and so is this one.
  const doublings = Math.max(0, Math.floor(Math.log2(whole)) - 7);
  // log2 of a number just below a power of two may round up to it.
  const exact = doublings > 0 && whole < halfCount * 2 ** doublings ? doublings - 1 : doublings;
  return exact * halfCount + Math.floor(whole / 2 ** exact);
}

/** Microseconds [low, high) a bucket holds. */
export function bucketRange(bucket: number): { lowUs: number; highUs: number } {
  const doublings = Math.max(0, Math.floor(bucket / halfCount) - 1);
  const widthUs = 2 ** doublings;
  const lowUs = (bucket - doublings * halfCount) * widthUs;
  return { lowUs, highUs: lowUs + widthUs };
}

/** The one duration that stands for all of a bucket: its middle, so off by at most 0.4 %, or 1 us when that is more. */
export function bucketMs(bucket: number): number {
  const { lowUs, highUs } = bucketRange(bucket);
  return (lowUs + highUs - 1) / 2000;
}
