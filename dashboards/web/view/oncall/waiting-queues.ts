import type { Queue } from '../../../../schemas/queues.js';

/** Queues that hold something: letters given up first, then whichever message waits longest. */
export function waitingQueues(queues: readonly Queue[]): Queue[] {
  const dead = ({ isDeadLetter, depth }: Queue) => (isDeadLetter ? (depth ?? 0) : 0);
  return queues
    .filter(({ depth, inFlight, oldestAgeMs }) => (depth ?? 0) + (inFlight ?? 0) + (oldestAgeMs ?? 0) > 0)
    .sort(
      (one, other) =>
        dead(other) - dead(one) ||
        (other.oldestAgeMs ?? 0) - (one.oldestAgeMs ?? 0) ||
        (other.depth ?? 0) - (one.depth ?? 0) ||
        (one.queue < other.queue ? -1 : 1),
    );
}
