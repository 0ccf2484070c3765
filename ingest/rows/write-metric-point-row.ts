import type { RequestLimits } from '../limits/request-limits.js';
import type { MetricRecord } from '../otlp/metric-record.js';
import type { PointRecord } from '../otlp/point-record.js';
import type { ByteWriter } from '../wire/byte-writer.js';
import type { SpanPrelude } from './span-prelude.js';

/** Writes the columns of `metric_points` behind `function`; the order is that of `metricPointsColumns`. */
export function writeMetricPointRow(
  writer: ByteWriter,
  prelude: SpanPrelude,
  metric: MetricRecord,
  point: PointRecord,
  receivedAtMs: number,
  limits: RequestLimits,
): void {
  const { bytes, name, unit, description } = metric;
  limits.writeText(writer, 'nameBytes', bytes, name.start, name.end);
  writer.u8(metric.kind);
  writer.u8(metric.temporality);
  writer.u8(metric.isMonotonic ? 1 : 0);
  limits.writeColumn(writer, 'unit', bytes, unit.start, unit.end);
  limits.writeColumn(writer, 'description', bytes, description.start, description.end);
  point.startedAt.write(writer);
  point.at.write(writer);
  writer.u8(point.hasNoRecordedValue ? 1 : 0);
  point.value.writeBoth(writer);
  point.count.write(writer);
  // A summary's sum cannot be absent: left out it is 0.
  if (point.shape === 'summary' && !point.sum.isSet) {
    writer.u8(0);
    writer.zeros(8);
  } else point.sum.writeNullable(writer);
  point.min.writeNullable(writer);
  point.max.writeNullable(writer);
  point.bounds.writeArray(writer);
  point.bucketCounts.writeArray(writer);
  writer.u32(point.scale);
  point.zeroCount.write(writer);
  point.zeroThreshold.write(writer);
  writer.u32(point.positive.offset);
  point.positive.counts.writeArray(writer);
  writer.u32(point.negative.offset);
  point.negative.counts.writeArray(writer);
  point.quantiles.writeArray(writer);
  point.exemplars.writeArray(writer);
  prelude.writeOrigin(writer);
  point.attributes.writeMap(writer);
  point.dimensions.writeMap(writer);
  writer.u64Number(receivedAtMs);
}
