import { placedQueue, readQueues } from './read-queues.js';
import type { Rule } from './rule.js';

export const dlqGrowth: Rule = {
  id: 'dlq-growth',
  title: 'Dead letters grow',
  severity: 'page',
  why: 'Each is an event that nothing will process again by itself: data is being lost.',
  minimumMs: 0,
  find: async (context) =>
    (await readQueues(context)).flatMap((queue) => {
      const arrivals = queue.arrivals ?? 0;
      if (!queue.isDeadLetter || arrivals < 1) return [];
      return [
        {
          ...placedQueue(queue),
          // One message may be one bad message; two have a cause in common.
          verdict: arrivals >= 2 ? ('reached' as const) : ('held' as const),
          title: `Dead letters arrive in ${queue.queue}`,
          summary: `${messagesText(Math.round(arrivals))} within 15 min${queue.deadLetterOf === null ? '' : ` could not be processed from ${queue.deadLetterOf}`}; the queue holds ${Math.round(queue.depth ?? arrivals).toLocaleString('en')}.`,
          facts: [
            { label: 'Arrived in 15 min', value: String(Math.round(arrivals)) },
            { label: 'Waiting', value: queue.depth === null ? 'not told' : String(Math.round(queue.depth)) },
            ...(queue.function === null ? [] : [{ label: 'Failed in', value: queue.function }]),
          ],
          startedAt: null,
        },
      ];
    }),
};

function messagesText(count: number): string {
  return count === 1 ? 'One message' : `${count.toLocaleString('en')} messages`;
}
