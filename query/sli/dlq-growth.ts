import { levels } from './levels.js';
import { queueDimensions, readQueueSteps } from './read-queue-steps.js';
import type { Sli } from './sli.js';

/** Messages that arrived in dead-letter queues: a redrive or a purge takes nothing back. */
export const dlqGrowth: Sli = {
  unit: 'count',
  says: 'minutes in which no message arrived in a dead-letter queue, of those told of; the value is how many arrived',
  dimensions: queueDimensions,
  rowDimensions: null,
  kept: 'minutes',
  takes: [],
  adds: false,
  read: async (warehouse, question) =>
    levels(
      (await readQueueSteps(warehouse, question))
        .filter(({ isDeadLetter, told }) => isDeadLetter && told > 0)
        .map(({ column, labels, quiet, told, arrived }) => {
          return { column, labels, good: quiet, total: told, value: arrived };
        }),
      (one, other) => one + other,
    ),
};
