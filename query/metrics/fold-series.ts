import { mergeCounts } from '../latency/bucket-counts.js';
import { type ExponentialHistogram, foldExponential } from '../latency/fold-exponential.js';
import { foldHistogram } from '../latency/fold-histogram.js';
import { subtractExponential } from '../latency/subtract-exponential.js';
import { usPerUnit } from './duration-metrics.js';
import type { MetricPoint, MetricSeries } from './read-metric-series.js';

/**
 * The durations of a series in latency buckets. What accumulates counts from its last state before the window; one that
 * began inside counts from zero; one older than what is known counts from its first point, so less than it was.
 */
export function foldSeries(series: MetricSeries): Map<number, number> {
  const startsAtZero = !series.cumulative || (series.began_inside && !series.known_before);
  const before = startsAtZero ? null : (series.before[0] ?? null);
  return mergeCounts(series.points.map((point) => foldPoint(series, point, before)));
}

function foldPoint(
  series: MetricSeries,
  point: MetricPoint,
  before: MetricPoint | null,
): Map<number, number> {
  const us = usPerUnit(series.unit);
  if (series.kind === 'exponential_histogram') {
    const later = exponentialOf(point);
    return foldExponential(before === null ? later : subtractExponential(later, exponentialOf(before)), us);
  }
  // Without bounds all that is told is the count; its one bucket reaches from the least to the most.
  const bucketCounts = point.bucketCounts.length === 0 ? [point.count] : point.bucketCounts;
  const earlier =
    before === null ? [] : before.bucketCounts.length === 0 ? [before.count] : before.bucketCounts;
  const since = bucketCounts.map((n, index) => Math.max(0, n - (earlier[index] ?? 0)));
  // Least and most of what accumulates may be of before the window.
  const { bounds, min, max } = point;
  return foldHistogram({ bounds, bucketCounts: since, min: before === null ? min : null, max }, us);
}

function exponentialOf({ scale, zeroCount, offset, positive }: MetricPoint): ExponentialHistogram {
  return { scale, zeroCount, positive: new Map(positive.map((n, index) => [offset + index, n])) };
}
