/** Why an item is kept although others are not; `ratio` is its share of the rest. */
export type KeepReason = 'error' | 'slow' | 'cold' | 'ratio';

/** What sampling did to the items of one request. */
export type SamplingCounts = { kept: Record<KeepReason, number>; dropped: number };

export function noSamplingCounts(): SamplingCounts {
  return { kept: { error: 0, slow: 0, cold: 0, ratio: 0 }, dropped: 0 };
}

export function addSamplingCounts(into: SamplingCounts, { kept, dropped }: SamplingCounts): void {
  into.kept.error += kept.error;
  into.kept.slow += kept.slow;
  into.kept.cold += kept.cold;
  into.kept.ratio += kept.ratio;
  into.dropped += dropped;
}
