import { windowText } from '../tiers/window-text.js';
import { placedQueue, readQueues } from './read-queues.js';
import type { Rule } from './rule.js';

const limitMs = 15 * 60_000;

export const queueAge: Rule = {
  id: 'queue-age',
  title: 'Messages wait too long',
  severity: 'ticket',
  why: 'They are late and not lost; dead letters have a rule of their own.',
  minimumMs: 300_000,
  find: async (context) =>
    (await readQueues(context)).flatMap((queue) => {
      const ageMs = queue.oldestAgeMs ?? 0;
      // Dead letters are meant to wait.
      if (queue.isDeadLetter || ageMs <= limitMs) return [];
      return [
        {
          ...placedQueue(queue),
          verdict: 'reached' as const,
          title: `Messages wait ${windowText(ageMs)} in ${queue.queue}`,
          summary: `The oldest message has waited ${windowText(ageMs)}${queue.depth === null ? '' : `, with ${Math.round(queue.depth)} in the queue`}.`,
          facts: [
            { label: 'Oldest message', value: windowText(ageMs) },
            { label: 'Waiting', value: queue.depth === null ? 'not told' : String(Math.round(queue.depth)) },
          ],
          startedAt: new Date(context.at.getTime() - ageMs),
        },
      ];
    }),
};
