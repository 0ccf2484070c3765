import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { dayParts, IN_DAYS, IN_HOURS_BESIDE_DAYS } from '../window/day-parts.js';
import { BUCKET, IN_MINUTES, IN_ROWS } from '../window/part-sql.js';
import type { WindowParts } from '../window/window-parts.js';
import { OF_FUNCTION, type OfFunction, ROWS_OF_FUNCTION } from './of-function.js';

const SQL = `
  SELECT bucket, sum(weighed) AS n
  FROM (
    SELECT bucket, n * weight AS weighed FROM latency_1d WHERE ${IN_DAYS} AND ${OF_FUNCTION}
    UNION ALL
    SELECT bucket, n * weight AS weighed FROM latency_1h WHERE ${IN_HOURS_BESIDE_DAYS} AND ${OF_FUNCTION}
    UNION ALL
    SELECT bucket, n * weight AS weighed FROM latency_1m WHERE ${IN_MINUTES} AND ${OF_FUNCTION}
    UNION ALL
    SELECT ${BUCKET} AS bucket, sign * weight AS weighed FROM invocations WHERE ${IN_ROWS} AND ${ROWS_OF_FUNCTION}
  )
  GROUP BY bucket HAVING n > 0
  ORDER BY bucket` as const;

const Row = z.object({ bucket: z.number().int(), n: z.number() });

/** How many invocations of a function took how long, by latency bucket. Sums are exact, weights included. */
export async function readBuckets(
  warehouse: TenantWarehouse,
  question: WindowParts & OfFunction,
  options?: StatementOptions,
): Promise<Map<number, number>> {
  const rows = await warehouse.query(SQL, dayParts(question), Row, options);
  return new Map(rows.map(({ bucket, n }) => [bucket, n]));
}
