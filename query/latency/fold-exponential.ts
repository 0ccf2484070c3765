import { spreadEvenly } from './spread.js';

/** An OTLP exponential histogram: counts[i] values lie in (b^(offset + i), b^(offset + i + 1)] with b = 2^(2^-scale). */
export type ExponentialHistogram = {
  scale: number;
  zeroCount: number;
  /** Counts by OTLP bucket index (offset already added). */
  positive: ReadonlyMap<number, number>;
};

/**
 * Puts the counts of an exponential histogram into latency buckets. A value is off by at most the width of its OTLP bucket:
 * 2^(2^-scale) - 1 of its low end, which is 2.2 % at scale 5. Zeros are 0 us; there are no negative durations.
 */
export function foldExponential(histogram: ExponentialHistogram, usPerUnit: number): Map<number, number> {
  const { scale, zeroCount, positive } = histogram;
  const counts = new Map<number, number>();
  const doubling = 2 ** -scale;
  spreadEvenly(counts, 0, 0, zeroCount);
  for (const [index, n] of positive)
    spreadEvenly(counts, 2 ** (index * doubling) * usPerUnit, 2 ** ((index + 1) * doubling) * usPerUnit, n);
  return counts;
}
