import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import type { QueuesQuestion } from './read-queue-depths.js';

const SQL = `
  SELECT environment, queue, max(q.system) AS system,
    sumIf(q.messages, side = 'sent') AS sent,
    sumIf(q.messages, side = 'taken') AS taken,
    sumIf(q.failed, side = 'taken') AS failed,
    countIf(side = 'sent') > 0 AS has_sent,
    countIf(side = 'taken') > 0 AS has_taken,
    topKIf(1)(service, side = 'taken') AS takers,
    arrayMap(
      one -> (toUnixTimestamp64Milli(one.1), one.2, lower(hex(one.3))),
      arraySlice(arrayReverseSort(groupArrayIf(100)(q.sample, q.sample.2 != '')), 1, 5)) AS samples
  FROM queue_flow_1m AS q
  WHERE tenant = {tenant: String}
    AND minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
    AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
  GROUP BY environment, queue
  ORDER BY sent + taken DESC, queue, environment
  LIMIT {limit: UInt32}`;

const count = z.coerce.number();
const Row = z.object({
  environment: z.string(),
  queue: z.string(),
  system: z.string(),
  sent: count,
  taken: count,
  failed: count,
  has_sent: z.coerce.boolean(),
  has_taken: z.coerce.boolean(),
  takers: z.array(z.string()),
  samples: z.array(z.tuple([z.coerce.number(), z.string(), z.string()])),
});
/** What messaging spans tell of one queue in the window. */
export type QueueFlow = z.infer<typeof Row>;

/** The queues that producer and consumer spans name in the minutes that begin in [from, to), busiest first. */
export async function readQueueFlows(
  warehouse: TenantWarehouse,
  { from, to, environment, limit }: QueuesQuestion,
  options?: StatementOptions,
): Promise<QueueFlow[]> {
  return await warehouse.query(SQL, { from, to, environment, limit }, Row, options);
}
