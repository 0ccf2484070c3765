import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { IN_HOURS, IN_MINUTES, IN_ROWS } from '../window/part-sql.js';
import type { WindowParts } from '../window/window-parts.js';
import { INVOCATION_LABELS, OF_INVOCATIONS, type OfDimensions } from './of-dimensions.js';

const SQL = `
  SELECT toInt64(intDiv(at_ms, {stepMs: Int64}) * {stepMs: Int64}) AS column, labels,
    sum(weighed) AS n,
    sumIf(weighed, outcome = 'ok') AS ok,
    sumIf(weighed, outcome = 'timeout') AS timeouts,
    sumIf(weighed, outcome = 'throttled') AS throttles,
    sumIf(weighed, outcome NOT IN ('throttled', 'rejected')) AS ran,
    sumIf(weighed, cold AND outcome NOT IN ('throttled', 'rejected')) AS cold_starts,
    sum(again) AS retries,
    sum(double) AS duplicates
  FROM (
    SELECT toInt64(toUnixTimestamp(hour)) * 1000 AS at_ms, ${INVOCATION_LABELS}, outcome, cold,
      sum(n * weight) AS weighed, sum(retries * weight) AS again, sum(duplicates * weight) AS double
    FROM invocations_1h WHERE ${IN_HOURS} AND ${OF_INVOCATIONS} GROUP BY at_ms, labels, outcome, cold
    UNION ALL
    SELECT toInt64(toUnixTimestamp(minute)) * 1000 AS at_ms, ${INVOCATION_LABELS}, outcome, cold,
      sum(n * weight) AS weighed, sum(retries * weight) AS again, sum(duplicates * weight) AS double
    FROM invocations_1m WHERE ${IN_MINUTES} AND ${OF_INVOCATIONS} GROUP BY at_ms, labels, outcome, cold
    UNION ALL
    SELECT toUnixTimestamp64Milli(started_at) AS at_ms, ${INVOCATION_LABELS}, outcome, cold,
      sign * weight AS weighed, sign * weight * (attempt > 1 AND NOT duplicate) AS again, sign * weight * duplicate AS double
    FROM invocations WHERE ${IN_ROWS} AND ${OF_INVOCATIONS}
  )
  GROUP BY column, labels
  ORDER BY column, labels
  LIMIT {limit: UInt32}` as const;

const Row = z.object({
  column: z.coerce.number(),
  labels: z.array(z.string()),
  n: z.number(),
  ok: z.number(),
  timeouts: z.number(),
  throttles: z.number(),
  ran: z.number(),
  cold_starts: z.number(),
  retries: z.number(),
  duplicates: z.number(),
});
export type SumsRow = z.infer<typeof Row>;

export type SeriesQuestion = WindowParts &
  OfDimensions & { groupBy: string[]; stepMs: number; limit: number };

/** Sums by step and labels. */
export async function readSums(
  warehouse: TenantWarehouse,
  question: SeriesQuestion,
  options?: StatementOptions,
): Promise<SumsRow[]> {
  return await warehouse.query(SQL, question, Row, options);
}
