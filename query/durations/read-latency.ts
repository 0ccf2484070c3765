import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { bucketMs } from '../latency/bucket.js';
import { type BucketCounts, quantileBucket, shareUnder, totalOf } from '../latency/bucket-counts.js';
import { nearestRank } from '../latency/nearest-rank.js';
import { isKeptRaw, type WindowParts } from '../window/window-parts.js';
import type { OfFunction } from './of-function.js';
import { readBuckets } from './read-buckets.js';
import { type Duration, readDurations } from './read-durations.js';

/** Up to as many, durations are read one by one and nothing is estimated. */
const fewRuns = 512;

export type LatencyQuestion = WindowParts &
  OfFunction & { quantiles: readonly number[]; underMs: readonly number[] };

export type LatencyAnswer = {
  count: number;
  isExact: boolean;
  /** By quantile; null of nothing. */
  quantilesMs: Map<number, number | null>;
  under: { thresholdMs: number; count: number; uncertainCount: number }[];
};

/** Quantiles of a function's durations, and how many stayed under thresholds. */
export async function readLatency(
  warehouse: TenantWarehouse,
  question: LatencyQuestion,
  now: Date,
  options?: StatementOptions,
): Promise<LatencyAnswer> {
  const counts = await readBuckets(warehouse, question, options);
  const total = totalOf(counts);
  if (total > fewRuns || !isKeptRaw(question, now)) return fromBuckets(counts, question);
  return fromDurations(await readDurations(warehouse, question, options), question);
}

function fromBuckets(counts: BucketCounts, { quantiles, underMs }: LatencyQuestion): LatencyAnswer {
  const msOf = (quantile: number) => {
    const bucket = quantileBucket(counts, quantile);
    return bucket === null ? null : bucketMs(bucket);
  };
  return {
    count: Math.round(totalOf(counts)),
    isExact: counts.size === 0,
    quantilesMs: new Map(quantiles.map((quantile) => [quantile, msOf(quantile)])),
    under: underMs.map((thresholdMs) => {
      const { under, uncertain } = shareUnder(counts, thresholdMs * 1000);
      return { thresholdMs, count: Math.round(under), uncertainCount: Math.ceil(uncertain) };
    }),
  };
}

function fromDurations(
  durations: readonly Duration[],
  { quantiles, underMs }: LatencyQuestion,
): LatencyAnswer {
  const total = durations.reduce((sum, { n }) => sum + n, 0);
  const msOf = (quantile: number) => {
    const rank = nearestRank(quantile, total);
    let below = 0;
    for (const { ms, n } of durations) {
      below += n;
      if (below >= rank) return ms;
    }
    return null;
  };
  const under = (thresholdMs: number) =>
    durations.reduce((sum, { ms, n }) => (ms < thresholdMs ? sum + n : sum), 0);
  return {
    count: Math.round(total),
    isExact: true,
    quantilesMs: new Map(quantiles.map((quantile) => [quantile, msOf(quantile)])),
    under: underMs.map((thresholdMs) => ({
      thresholdMs,
      count: Math.round(under(thresholdMs)),
      uncertainCount: 0,
    })),
  };
}
