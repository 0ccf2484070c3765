import { z } from 'zod';
import { ProblemError } from '../../schemas/problem.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { maxWindowMs } from '../functions/window-of.js';
import { deadLetterOf } from '../queues/dead-letter-of.js';
import { configuredParams, QUEUE_MINUTES } from '../queues/queue-minutes-sql.js';
import { readQueueFlows } from '../queues/read-queue-flows.js';
import { COLUMN } from './dimension-sql.js';
import type { Dimension } from './dimensions.js';
import { paramsOf } from './read-sums.js';
import type { SliQuestion } from './sli.js';

export const queueDimensions = ['queue', 'function', 'environment'] as const satisfies readonly Dimension[];

const SQL = `
  WITH ${QUEUE_MINUTES}
  SELECT environment, queue, ${COLUMN},
    countIf(has_depth) AS told, countIf(has_depth AND q.arrivals <= 0) AS quiet, sumIf(q.arrivals, has_depth) AS arrived,
    countIf(has_age) AS aged, countIf(has_age AND q.age_ms < {thresholdMs: Float64}) AS young, maxIf(q.age_ms, has_age) AS oldest_ms
  FROM (SELECT *, toInt64(toUnixTimestamp(minute)) * 1000 AS at_ms FROM minutes) AS q
  WHERE {queue: Nullable(String)} IS NULL OR queue = {queue: Nullable(String)}
  GROUP BY environment, queue, column
  ORDER BY environment, queue, column
  LIMIT {most: UInt32}` as const;

const count = z.coerce.number();
const Row = z.object({
  environment: z.string(),
  queue: z.string(),
  column: count,
  told: count,
  quiet: count,
  arrived: z.number(),
  aged: count,
  young: count,
  oldest_ms: z.number(),
});

/** What metrics tell of one queue in one step, in minutes and messages; `function` takes from it, or failed on what it holds. */
export type QueueStep = z.infer<typeof Row> & { function: string; isDeadLetter: boolean; labels: string[] };

const mostQueues = 2_000;

/** Queues by step, with the function each belongs to. */
export async function readQueueSteps(
  warehouse: TenantWarehouse,
  question: SliQuestion,
): Promise<QueueStep[]> {
  const { from, to, environment, queues, groupBy, thresholdMs } = question;
  if (to.getTime() - from.getTime() > maxWindowMs)
    throw new ProblemError('QUERY_LIMIT', 'Queues are looked at over at most 31 days.');
  // A provider's metrics know no environment: they are kept whichever was asked for.
  const params = {
    ...paramsOf(question),
    ...configuredParams(queues.metrics),
    environment: null,
    thresholdMs,
  };
  const [rows, flows] = await Promise.all([
    warehouse.query(SQL, params, Row),
    readQueueFlows(warehouse, { from, to, environment: null, stepSeconds: 60, limit: mostQueues }),
  ]);
  const names = new Set([...rows, ...flows].map(({ queue }) => queue));
  const takers = new Map(flows.map(({ queue, takers: [taker] }) => [queue, taker ?? '']));
  return rows.flatMap((row) => {
    const dead = deadLetterOf(row.queue, names, queues.deadLetter);
    const taker = dead === null ? takers.get(row.queue) : (dead.function ?? takers.get(dead.of ?? ''));
    const whose = { ...row, function: taker ?? '' };
    if (question.function !== null && whose.function !== question.function) return [];
    if (environment !== null && row.environment !== '' && row.environment !== environment) return [];
    const labels = groupBy.map((name) =>
      name === 'queue' ? row.queue : name === 'function' ? whose.function : row.environment,
    );
    return [{ ...whose, isDeadLetter: dead !== null, labels }];
  });
}
