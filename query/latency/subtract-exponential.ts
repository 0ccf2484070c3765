import type { ExponentialHistogram } from './fold-exponential.js';

/**
 * What came between two states of a cumulative exponential histogram. Its scale may have been lowered since the earlier
 * one, whose buckets are then merged until they are as wide.
 */
export function subtractExponential(
  later: ExponentialHistogram,
  earlier: ExponentialHistogram,
): ExponentialHistogram {
  const widened = 2 ** Math.max(0, earlier.scale - later.scale);
  const positive = new Map(later.positive);
  for (const [index, n] of earlier.positive) {
    const at = Math.floor(index / widened);
    positive.set(at, Math.max(0, (positive.get(at) ?? 0) - n));
  }
  return { scale: later.scale, zeroCount: Math.max(0, later.zeroCount - earlier.zeroCount), positive };
}
