import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { bucketOf, bucketRange } from '../latency/bucket.js';
import { BUCKET, IN_HOURS, IN_MINUTES, IN_ROWS } from '../window/part-sql.js';
import { LATENCY_LABELS, OF_LATENCY } from './of-dimensions.js';
import type { SeriesQuestion } from './read-sums.js';

const SQL = `
  SELECT toInt64(intDiv(at_ms, {stepMs: Int64}) * {stepMs: Int64}) AS column, labels, sum(weighed) AS total,
    sum(weighed * multiIf(bucket < {bucket: UInt16}, 1, bucket = {bucket: UInt16}, {part: Float64}, 0)) AS under
  FROM (
    SELECT toInt64(toUnixTimestamp(hour)) * 1000 AS at_ms, ${LATENCY_LABELS}, bucket, n * weight AS weighed
    FROM latency_1h WHERE ${IN_HOURS} AND ${OF_LATENCY}
    UNION ALL
    SELECT toInt64(toUnixTimestamp(minute)) * 1000 AS at_ms, ${LATENCY_LABELS}, bucket, n * weight AS weighed
    FROM latency_1m WHERE ${IN_MINUTES} AND ${OF_LATENCY}
    UNION ALL
    SELECT toUnixTimestamp64Milli(started_at) AS at_ms, ${LATENCY_LABELS}, ${BUCKET} AS bucket, sign * weight AS weighed
    FROM invocations WHERE ${IN_ROWS} AND ${OF_LATENCY} AND outcome NOT IN ('throttled', 'rejected')
  )
  GROUP BY column, labels
  ORDER BY column, labels
  LIMIT {limit: UInt32}` as const;

const Row = z.object({
  column: z.coerce.number(),
  labels: z.array(z.string()),
  total: z.number(),
  under: z.number(),
});
export type UnderRow = z.infer<typeof Row>;

/**
 * By step and labels: how many ran, and how many took less than the threshold. Durations in the one bucket the threshold
 * cuts are taken to lie evenly; a threshold at the edge of a bucket is exact.
 */
export async function readUnder(
  warehouse: TenantWarehouse,
  { thresholdMs, ...question }: SeriesQuestion & { thresholdMs: number },
  options?: StatementOptions,
): Promise<UnderRow[]> {
  const bucket = bucketOf(thresholdMs * 1000);
  const { lowUs, highUs } = bucketRange(bucket);
  const part = (thresholdMs * 1000 - lowUs) / (highUs - lowUs);
  return await warehouse.query(SQL, { ...question, bucket, part }, Row, options);
}
