import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { INCREMENTS, PLACED } from '../coverage/increments-sql.js';
import { COLUMN, FUNCTION_LABELS, OF_FUNCTIONS } from './dimension-sql.js';
import { paramsOf } from './read-sums.js';
import type { SliQuestion } from './sli.js';

const OWN = `
    SELECT function, environment, minute, toFloat64(running_max) AS running, false AS told
    FROM concurrency_1m FINAL
    WHERE tenant = {tenant: String} AND ${OF_FUNCTIONS}
      AND minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}` as const;

const BY_STEP = `
  SELECT ${COLUMN}, labels, count() AS total, countIf(most <= {bound: Float64}) AS good, max(most) AS highest
  FROM (
    SELECT toInt64(toUnixTimestamp(minute)) * 1000 AS at_ms, ${FUNCTION_LABELS},
      if(max(told), maxIf(running, told), max(running)) AS most
    FROM levels GROUP BY function, environment, minute
  )
  GROUP BY column, labels
  ORDER BY column, labels
  LIMIT {most: UInt32}` as const;

const SQL = `
  WITH ${INCREMENTS}, ${PLACED},
  levels AS (
    ${OWN}
    UNION ALL
    SELECT function, environment, minute, p.value AS running, true AS told FROM placed AS p WHERE ${OF_FUNCTIONS}
  )
  ${BY_STEP}` as const;

const Row = z.object({
  column: z.coerce.number(),
  labels: z.array(z.string()),
  total: z.coerce.number(),
  good: z.coerce.number(),
  highest: z.number(),
});
export type RunningRow = z.infer<typeof Row>;

/** By step: minutes told of, those with no more at once than `bound`, and the highest. The provider's figure holds where it tells one. */
export async function readRunning(
  warehouse: TenantWarehouse,
  question: SliQuestion,
  bound: number,
): Promise<RunningRow[]> {
  const params = { ...paramsOf(question), metrics: ['concurrent_executions'], bound };
  return await warehouse.query(SQL, params, Row);
}
