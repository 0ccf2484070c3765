import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { bucketOf, bucketRange } from '../latency/bucket.js';
import { IN_DAYS, IN_HOURS_BESIDE_DAYS, partsOfSteps } from '../window/day-parts.js';
import { BUCKET, IN_MINUTES, IN_ROWS } from '../window/part-sql.js';
import { COLUMN, LATENCY_LABELS, OF_LATENCY } from './dimension-sql.js';
import { paramsOf, type SumsQuestion } from './read-sums.js';

const SQL = `
  WITH multiIf(bucket < {bucket: UInt16}, 1., bucket = {bucket: UInt16}, {part: Float64}, 0.) AS share
  SELECT ${COLUMN}, labels, sum(weighed) AS total, sum(weighed * share) AS under,
    sumIf(weighed * (1 - share), cold) AS cold_over
  FROM (
    SELECT toInt64(toUnixTimestamp(day)) * 1000 AS at_ms, ${LATENCY_LABELS}, cold, bucket, n * weight AS weighed
    FROM latency_1d WHERE ${IN_DAYS} AND ${OF_LATENCY}
    UNION ALL
    SELECT toInt64(toUnixTimestamp(hour)) * 1000 AS at_ms, ${LATENCY_LABELS}, cold, bucket, n * weight AS weighed
    FROM latency_1h WHERE ${IN_HOURS_BESIDE_DAYS} AND ${OF_LATENCY}
    UNION ALL
    SELECT toInt64(toUnixTimestamp(minute)) * 1000 AS at_ms, ${LATENCY_LABELS}, cold, bucket, n * weight AS weighed
    FROM latency_1m WHERE ${IN_MINUTES} AND ${OF_LATENCY}
    UNION ALL
    SELECT toUnixTimestamp64Milli(started_at) AS at_ms, ${LATENCY_LABELS}, cold, ${BUCKET} AS bucket, sign * weight AS weighed
    FROM invocations WHERE ${IN_ROWS} AND ${OF_LATENCY} AND outcome NOT IN ('throttled', 'rejected')
  )
  GROUP BY column, labels
  ORDER BY column, labels
  LIMIT {most: UInt32}` as const;

const Row = z.object({
  column: z.coerce.number(),
  labels: z.array(z.string()),
  total: z.number(),
  under: z.number(),
  cold_over: z.number(),
});
export type UnderRow = z.infer<typeof Row>;

/**
 * By step and labels: how many ran, how many took less than the threshold, and how many that did not began cold. Durations
 * in the one bucket the threshold cuts are taken to lie evenly; a threshold at the edge of a bucket is exact.
 */
export async function readUnder(
  warehouse: TenantWarehouse,
  question: Omit<SumsQuestion, 'fromRows'> & { thresholdMs: number },
  options?: StatementOptions,
): Promise<UnderRow[]> {
  const thresholdUs = question.thresholdMs * 1000;
  const bucket = bucketOf(thresholdUs);
  const { lowUs, highUs } = bucketRange(bucket);
  const part = (thresholdUs - lowUs) / (highUs - lowUs);
  return await warehouse.query(
    SQL,
    { ...partsOfSteps(paramsOf(question), question.stepMs), bucket, part },
    Row,
    options,
  );
}
