import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { IN_DAYS, IN_HOURS_BESIDE_DAYS, partsOfSteps } from '../window/day-parts.js';
import { BUCKET, IN_MINUTES, IN_ROWS } from '../window/part-sql.js';
import { COLUMN, LATENCY_LABELS, OF_LATENCY } from './dimension-sql.js';
import { paramsOf, type SumsQuestion } from './read-sums.js';

const SQL = `
  SELECT column, labels, groupArray((bucket, n)) AS counts
  FROM (
    SELECT ${COLUMN}, labels, bucket, sum(weighed) AS n
    FROM (
      SELECT toInt64(toUnixTimestamp(day)) * 1000 AS at_ms, ${LATENCY_LABELS}, bucket, l.n * weight AS weighed
      FROM latency_1d AS l WHERE ${IN_DAYS} AND ${OF_LATENCY}
      UNION ALL
      SELECT toInt64(toUnixTimestamp(hour)) * 1000 AS at_ms, ${LATENCY_LABELS}, bucket, l.n * weight AS weighed
      FROM latency_1h AS l WHERE ${IN_HOURS_BESIDE_DAYS} AND ${OF_LATENCY}
      UNION ALL
      SELECT toInt64(toUnixTimestamp(minute)) * 1000 AS at_ms, ${LATENCY_LABELS}, bucket, l.n * weight AS weighed
      FROM latency_1m AS l WHERE ${IN_MINUTES} AND ${OF_LATENCY}
      UNION ALL
      SELECT toUnixTimestamp64Milli(started_at) AS at_ms, ${LATENCY_LABELS}, ${BUCKET} AS bucket, sign * weight AS weighed
      FROM invocations WHERE ${IN_ROWS} AND ${OF_LATENCY} AND outcome NOT IN ('throttled', 'rejected')
    )
    GROUP BY column, labels, bucket HAVING n > 0
  )
  GROUP BY column, labels
  ORDER BY column, labels
  LIMIT {most: UInt32}` as const;

const Row = z
  .object({
    column: z.coerce.number(),
    labels: z.array(z.string()),
    counts: z.array(z.tuple([z.number(), z.number()])),
  })
  .transform(({ counts, ...rest }) => ({ ...rest, counts: new Map(counts) }));
export type SpreadRow = z.infer<typeof Row>;

/** By step and labels: how many took how long, by latency bucket. */
export async function readSpread(
  warehouse: TenantWarehouse,
  question: Omit<SumsQuestion, 'fromRows'>,
  options?: StatementOptions,
): Promise<SpreadRow[]> {
  return await warehouse.query(SQL, partsOfSteps(paramsOf(question), question.stepMs), Row, options);
}
