import { assembleQueues } from '../../query/queues/assemble-queues.js';
import { readQueueDepths } from '../../query/queues/read-queue-depths.js';
import { readQueueFlows } from '../../query/queues/read-queue-flows.js';
import type { Queue } from '../../schemas/queues.js';
import type { RuleContext } from './rule.js';

const windowMs = 15 * 60_000;
const mostQueues = 1_000;

const read = new WeakMap<RuleContext, Promise<Queue[]>>();

/** Queues as of the last quarter of an hour; read once for all rules of a minute. */
export function readQueues(context: RuleContext): Promise<Queue[]> {
  const known = read.get(context);
  if (known !== undefined) return known;
  const { warehouse, at, queues } = context;
  const from = new Date(at.getTime() - windowMs);
  const question = { from, to: at, environment: null, stepSeconds: 60, limit: mostQueues };
  const reading = (async () => {
    const [depths, flows] = await Promise.all([
      readQueueDepths(warehouse, question, queues.metrics),
      readQueueFlows(warehouse, question),
    ]);
    return assembleQueues({ depths, flows, deadLetter: queues.deadLetter, from, stepMs: 60_000 });
  })();
  read.set(context, reading);
  return reading;
}

/** Place and labels of a finding about a queue. */
export function placedQueue({ queue, environment, function: name }: Queue) {
  return {
    scope: environment === '' ? queue : `${environment}/${queue}`,
    labels: {
      queue,
      ...(environment === '' ? {} : { environment }),
      ...(name === null ? {} : { function: name }),
    },
  };
}
