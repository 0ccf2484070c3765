import type { DeadLetterRule } from '../../schemas/queue-settings.js';
import type { Queue } from '../../schemas/queues.js';
import { deadLetterOf } from './dead-letter-of.js';
import type { QueueDepth } from './read-queue-depths.js';
import type { QueueFlow } from './read-queue-flows.js';

export type QueueParts = {
  depths: readonly QueueDepth[];
  flows: readonly QueueFlow[];
  deadLetter: readonly DeadLetterRule[];
  from: Date;
  stepMs: number;
};

type Pair = { depth: QueueDepth | null; flow: QueueFlow | null };

/** Puts together what metrics and spans tell of each queue, and which queue takes the dead letters of which. */
export function assembleQueues(parts: QueueParts): Queue[] {
  const queues = pairs(parts).map((pair) => describe(pair, parts));
  const names = new Set(queues.map(({ queue }) => queue));
  for (const queue of queues) {
    const dead = deadLetterOf(queue.queue, names, parts.deadLetter);
    if (dead === null) continue;
    queue.isDeadLetter = true;
    queue.deadLetterOf = dead.of;
    const sources = queues.filter((one) => one.queue === dead.of && isNear(one, queue));
    for (const source of sources) source.deadLetterQueue = queue.queue;
    // Whoever takes from the dead-letter queue itself moves messages back; it is not the function that failed.
    queue.function = dead.function ?? sources.find((source) => source.function !== null)?.function ?? null;
  }
  return queues.sort(
    (one, other) =>
      Number(other.isDeadLetter) - Number(one.isDeadLetter) ||
      (other.depth ?? -1) - (one.depth ?? -1) ||
      one.queue.localeCompare(other.queue),
  );
}

/** Metrics of a provider know no environment: they belong to the one whose spans name that queue, if only one does. */
function pairs({ depths, flows }: QueueParts): Pair[] {
  const left = new Set(flows);
  const found = depths.map((depth) => {
    const named = flows.filter(({ queue }) => queue === depth.queue);
    const [only, ...others] = depth.environment === '' ? named : [];
    const flow = others.length === 0 && only !== undefined ? only : sameEnvironment(named, depth);
    if (flow !== null) left.delete(flow);
    return { depth, flow };
  });
  return [...found, ...[...left].map((flow) => ({ depth: null, flow }))];
}

function sameEnvironment(flows: readonly QueueFlow[], { environment }: QueueDepth): QueueFlow | null {
  return flows.find((flow) => flow.environment === environment) ?? null;
}

function isNear(one: Queue, other: Queue): boolean {
  return one.environment === other.environment || one.environment === '' || other.environment === '';
}

function describe({ depth, flow }: Pair, { from, stepMs }: QueueParts): Queue {
  return {
    queue: depth?.queue ?? flow?.queue ?? '',
    environment: depth?.environment || flow?.environment || '',
    system: depth?.system || flow?.system || '',
    depth: depth?.depth ?? null,
    depthMax: depth?.depth_max ?? null,
    inFlight: depth?.in_flight ?? null,
    oldestAgeMs: depth?.age_ms ?? null,
    oldestAgeMaxMs: depth?.age_max_ms ?? null,
    growthPerMinute: depth?.growth_per_minute ?? null,
    arrivals: depth?.arrivals ?? null,
    sent: depth?.sent ?? (flow?.has_sent === true ? flow.sent : null),
    taken: depth?.received ?? (flow?.has_taken === true ? flow.taken : null),
    failed: flow?.has_taken === true ? flow.failed : null,
    isDeadLetter: false,
    deadLetterOf: null,
    deadLetterQueue: null,
    function: flow?.takers[0] ?? null,
    samples: (flow?.samples ?? []).map(([atMs, messageId, traceId]) => ({
      at: new Date(atMs).toISOString(),
      messageId,
      traceId,
    })),
    series: (depth?.line ?? []).map(([step, value]) => ({
      at: new Date(from.getTime() + step * stepMs).toISOString(),
      depth: value,
    })),
  };
}
