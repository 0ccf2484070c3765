import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { IN_DAYS, IN_HOURS_BESIDE_DAYS, partsOfSteps } from '../window/day-parts.js';
import { BUCKET, IN_MINUTES, IN_ROWS } from '../window/part-sql.js';
import type { WindowParts } from '../window/window-parts.js';
import { OF_FUNCTION, type OfFunction, ROWS_OF_FUNCTION } from './of-function.js';

const CELLS = `
  SELECT toInt64(intDiv(at_ms, {stepMs: Int64}) * {stepMs: Int64}) AS column, is_cold,
    toUInt16(arrayCount(edge -> edge <= bucket, {edges: Array(UInt16)})) AS row, sum(weighed) AS n
  FROM (
    SELECT toInt64(toUnixTimestamp(day)) * 1000 AS at_ms, cold AS is_cold, bucket, sum(n * weight) AS weighed
    FROM latency_1d WHERE ${IN_DAYS} AND ${OF_FUNCTION} GROUP BY at_ms, is_cold, bucket
    UNION ALL
    SELECT toInt64(toUnixTimestamp(hour)) * 1000 AS at_ms, cold AS is_cold, bucket, sum(n * weight) AS weighed
    FROM latency_1h WHERE ${IN_HOURS_BESIDE_DAYS} AND ${OF_FUNCTION} GROUP BY at_ms, is_cold, bucket
    UNION ALL
    SELECT toInt64(toUnixTimestamp(minute)) * 1000 AS at_ms, cold AS is_cold, bucket, sum(n * weight) AS weighed
    FROM latency_1m WHERE ${IN_MINUTES} AND ${OF_FUNCTION} GROUP BY at_ms, is_cold, bucket
    UNION ALL
    SELECT toUnixTimestamp64Milli(started_at) AS at_ms, cold AS is_cold, ${BUCKET} AS bucket, sign * weight AS weighed
    FROM invocations WHERE ${IN_ROWS} AND ${ROWS_OF_FUNCTION}
  )
  GROUP BY column, is_cold, row HAVING n > 0
  ORDER BY column, is_cold, row` as const;

const Cell = z.object({
  column: z.coerce.number(),
  is_cold: z.boolean(),
  row: z.number().int(),
  n: z.number(),
});
export type HeatmapCell = z.infer<typeof Cell>;

export type HeatmapQuestion = WindowParts &
  OfFunction & {
    stepMs: number;
    /** First bucket of each row, ascending; row 1 begins at the first. */
    edges: number[];
  };

/** Counts by step, row of buckets and cold start; only cells that hold something. */
export async function readHeatmapCells(
  warehouse: TenantWarehouse,
  question: HeatmapQuestion,
  options?: StatementOptions,
): Promise<HeatmapCell[]> {
  return await warehouse.query(CELLS, partsOfSteps(question, question.stepMs), Cell, options);
}
