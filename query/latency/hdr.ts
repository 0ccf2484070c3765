import { build, JsHistogram } from 'hdr-histogram-js';
import { bucketRange } from './bucket.js';
import type { BucketCounts } from './bucket-counts.js';

/** The same counts as an HDR histogram over microseconds, for whoever reads and merges those. Weights are rounded. */
export function toHdr(counts: BucketCounts): JsHistogram {
  const histogram = build({ numberOfSignificantValueDigits: 2, autoResize: true, bitBucketSize: 64 });
  if (!(histogram instanceof JsHistogram)) throw new Error('hdr-histogram-js built no JavaScript histogram');
  for (const [bucket, n] of counts)
    if (n > 0) histogram.recordValueWithCount(bucketRange(bucket).lowUs, Math.round(n));
  return histogram;
}

/** The counts of an HDR histogram over microseconds with two significant digits, whose indexes are our buckets. */
export function fromHdr(histogram: JsHistogram): Map<number, number> {
  const counts = new Map<number, number>();
  for (let bucket = 0; bucket < histogram.countsArrayLength; bucket += 1) {
    const n = histogram.getCountAtIndex(bucket);
    if (n > 0) counts.set(bucket, n);
  }
  return counts;
}
