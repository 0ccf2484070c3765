import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { readTellers } from '../coverage/read-tellers.js';
import { TOLD, TOLD_BY_COUNTERS } from '../coverage/told-sql.js';
import { COLUMN, FUNCTION_LABELS, OF_FUNCTIONS } from './dimension-sql.js';
import { mergeRunning, type RunningRow } from './merge-running.js';
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
    FROM (` as const;
const TO_STEPS = `)
    GROUP BY function, environment, minute
  )
  GROUP BY column, labels
  ORDER BY column, labels
  LIMIT {most: UInt32}` as const;

const OF_TOLD = 'SELECT function, environment, minute, value AS running, true AS told' as const;
const OWN_OF_TOLD =
  `${BY_STEP} ${OWN} AND function IN {functions: Array(String)} UNION ALL ${OF_TOLD}` as const;
const COUNTED = `${OWN_OF_TOLD} FROM (${TOLD}) WHERE ${OF_FUNCTIONS} ${TO_STEPS}` as const;
const COUNTED_BY_COUNTERS = `
  ${OWN_OF_TOLD} FROM (${TOLD_BY_COUNTERS}) WHERE ${OF_FUNCTIONS} ${TO_STEPS}` as const;

const ALL = `${BY_STEP} ${OWN} ${TO_STEPS}` as const;
// All that no provider counts.
const OTHERS = `
  ${BY_STEP} ${OWN} AND function GLOBAL NOT IN (
      SELECT function FROM provider_counts
      WHERE tenant = {tenant: String} AND metric IN {metrics: Array(String)} AND alias = '' AND version = ''
        AND minute >= {from: DateTime64(3, 'UTC')} - toIntervalDay(1) AND minute < {to: DateTime64(3, 'UTC')})
  ${TO_STEPS}` as const;

const Row = z.object({
  column: z.coerce.number(),
  labels: z.array(z.string()),
  total: z.coerce.number(),
  good: z.coerce.number(),
  highest: z.number(),
});

const metrics = ['concurrent_executions'];

/** By step: minutes told of, those with no more at once than `bound`, and the highest. The provider's figure holds where it tells one. */
export async function readRunning(
  warehouse: TenantWarehouse,
  question: SliQuestion,
  bound: number,
): Promise<RunningRow[]> {
  const { from, to, function: name, environment } = question;
  const told = await readTellers(warehouse, { from, to, metrics, function: name, environment });
  const params = { ...paramsOf(question), metrics, bound };
  const answers = [await warehouse.query(told.length === 0 ? ALL : OTHERS, params, Row)];
  for (const { of, reachesBack } of told)
    answers.push(
      await warehouse.query(reachesBack ? COUNTED_BY_COUNTERS : COUNTED, { ...params, ...of }, Row),
    );
  return mergeRunning(answers).slice(0, question.most);
}
