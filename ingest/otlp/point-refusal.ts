import { maxListed } from './fixed64-list.js';
import { type MetricRecord, metricKinds } from './metric-record.js';
import type { PointRecord } from './point-record.js';
import type { TimeWindow } from './span-refusal.js';

const maxExemplars = 1000;

/** Why one data point is not stored while its batch is, with the sentence the sender gets. */
export const pointRefusals = {
  'no-name': 'the metric has no name',
  'no-time': 'there is no time',
  'too-old': 'the time is older than what is kept (retention), or than 90 days',
  'in-future': 'the time is too far in the future',
  'no-value': 'there is no value, and no flag that says so',
  'buckets-mismatch': 'the number of bucket counts is not one more than that of the bounds',
  'bounds-disorder': 'the bucket bounds do not increase',
  'too-many-buckets': `there are more than ${maxListed} buckets or quantiles`,
  'too-many-exemplars': `there are more than ${maxExemplars} exemplars`,
  'too-deep': 'an attribute value nests deeper than 100 levels',
  'too-many-functions':
    'it is of a new function, and there are more than ingest.limits.functions already today',
  'too-many-metrics': 'its metric is new, and there are more than ingest.limits.metricNames already today',
} as const satisfies Record<string, string>;

export type PointRefusal = keyof typeof pointRefusals;

/** Strict where data would be garbage: null for a point worth storing. */
export function pointRefusal(
  metric: MetricRecord,
  point: PointRecord,
  window: TimeWindow,
): PointRefusal | null {
  if (metric.name.length === 0) return 'no-name';
  if (!point.at.isSet) return 'no-time';
  const { ms } = point.at;
  if (ms < window.fromMs) return 'too-old';
  if (ms >= window.toMs) return 'in-future';
  if (point.exemplars.count > maxExemplars) return 'too-many-exemplars';
  if (isTooLong(point)) return 'too-many-buckets';
  const isNumber = metric.kind === metricKinds.gauge || metric.kind === metricKinds.sum;
  if (isNumber) return point.value.kind === 'none' && !point.hasNoRecordedValue ? 'no-value' : null;
  return metric.kind === metricKinds.histogram ? bucketRefusal(point) : null;
}

function isTooLong({ bounds, bucketCounts, positive, negative, quantiles }: PointRecord): boolean {
  const lists = [bounds, bucketCounts, positive.counts, negative.counts];
  return lists.some(({ overflowed }) => overflowed) || quantiles.count > maxListed;
}

/** A histogram may have no buckets at all, only count and sum. */
function bucketRefusal({ bounds, bucketCounts }: PointRecord): PointRefusal | null {
  if (bucketCounts.count === 0 && bounds.count === 0) return null;
  if (bucketCounts.count !== bounds.count + 1) return 'buckets-mismatch';
  for (let index = 1; index < bounds.count; index++) {
    if (!(bounds.double(index) > bounds.double(index - 1))) return 'bounds-disorder';
  }
  return null;
}
