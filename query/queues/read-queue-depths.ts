import { z } from 'zod';
import type { QueueMetric } from '../../schemas/queue-settings.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { configuredParams, QUEUE_MINUTES } from './queue-minutes-sql.js';

const SQL = `
  WITH
  toUnixTimestamp({from: DateTime64(3, 'UTC')}) AS from_s,
  ${QUEUE_MINUTES},
  steps AS (
    SELECT environment, queue, intDiv(toUnixTimestamp(minute) - from_s, {stepSeconds: UInt32}) AS step, max(m.system) AS system,
      max(m.has_depth) AS has_depth, argMaxIf(m.depth, minute, m.has_depth) AS last, maxIf(minute, m.has_depth) AS last_minute,
      argMinIf(m.depth, minute, m.has_depth) AS first, minIf(minute, m.has_depth) AS first_minute,
      maxIf(m.depth, m.has_depth) AS most, sum(m.arrivals) AS arrivals,
      max(m.has_flight) AS has_flight, argMaxIf(m.in_flight, minute, m.has_flight) AS in_flight,
      max(m.has_age) AS has_age, argMaxIf(m.age_ms, minute, m.has_age) AS age_ms, max(m.age_ms) AS age_max_ms,
      max(m.has_sent) AS has_sent, sum(m.sent) AS sent, max(m.has_received) AS has_received, sum(m.received) AS received
    FROM minutes AS m
    GROUP BY environment, queue, step
  )
  SELECT environment, queue, max(s.system) AS system,
    if(countIf(has_depth) = 0, NULL, argMaxIf(s.last, step, has_depth)) AS depth,
    if(countIf(has_depth) = 0, NULL, maxIf(s.most, has_depth)) AS depth_max,
    if(countIf(has_depth) = 0, NULL, sum(s.arrivals)) AS arrivals,
    dateDiff('minute', minIf(s.first_minute, has_depth), maxIf(s.last_minute, has_depth)) AS apart,
    if(countIf(has_depth) = 0 OR apart = 0, NULL,
      (argMaxIf(s.last, step, has_depth) - argMinIf(s.first, step, has_depth)) / apart) AS growth_per_minute,
    if(countIf(has_flight) = 0, NULL, argMaxIf(s.in_flight, step, has_flight)) AS in_flight,
    if(countIf(has_age) = 0, NULL, argMaxIf(s.age_ms, step, has_age)) AS age_ms,
    if(countIf(has_age) = 0, NULL, max(s.age_max_ms)) AS age_max_ms,
    if(countIf(has_sent) = 0, NULL, sum(s.sent)) AS sent,
    if(countIf(has_received) = 0, NULL, sum(s.received)) AS received,
    arraySort(groupArrayIf((step, s.last), has_depth)) AS line
  FROM steps AS s
  GROUP BY environment, queue
  ORDER BY depth DESC NULLS LAST, queue, environment
  LIMIT {limit: UInt32}` as const;

const figure = z.number().nullable();
const Row = z.object({
  environment: z.string(),
  queue: z.string(),
  system: z.string(),
  depth: figure,
  depth_max: figure,
  arrivals: figure,
  growth_per_minute: figure,
  in_flight: figure,
  age_ms: figure,
  age_max_ms: figure,
  sent: figure,
  received: figure,
  line: z.array(z.tuple([z.coerce.number(), z.number()])),
});
/** What metrics tell of one queue in the window; `line` has the step counted from its start, and the depth at its end. */
export type QueueDepth = z.infer<typeof Row>;

export type QueuesQuestion = {
  from: Date;
  to: Date;
  environment: string | null;
  stepSeconds: number;
  limit: number;
};

/** The queues that metrics tell of in the minutes that begin in [from, to), deepest first. */
export async function readQueueDepths(
  warehouse: TenantWarehouse,
  question: QueuesQuestion,
  configured: readonly QueueMetric[],
  options?: StatementOptions,
): Promise<QueueDepth[]> {
  return await warehouse.query(SQL, { ...question, ...configuredParams(configured) }, Row, options);
}
