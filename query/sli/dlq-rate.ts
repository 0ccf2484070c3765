import { addUp } from './add-up.js';
import { queueDimensions, readQueueSteps } from './read-queue-steps.js';
import { readSums } from './read-sums.js';
import type { Counted, Sli } from './sli.js';

/**
 * Bad is a message that ended in a dead-letter queue, of all requests to the function that failed on it: its runs but for
 * retries and repeated deliveries. What ended there was tried, so there are at least as many.
 */
export const dlqRate: Sli = {
  unit: 'ratio',
  says: 'requests whose message did not end in a dead-letter queue, of all to the functions that have one',
  dimensions: queueDimensions,
  rowDimensions: null,
  kept: 'minutes',
  takes: [],
  adds: true,
  read: async (warehouse, question) => {
    const all = await readQueueSteps(warehouse, question);
    const steps = all.filter((one) => one.isDeadLetter && one.told > 0 && one.function !== '');
    if (steps.length === 0) return [];
    const places = new Map<string, Map<string, string[]>>();
    for (const { function: name, labels } of steps)
      places.set(name, (places.get(name) ?? new Map()).set(JSON.stringify(labels), labels));
    const sums = await readSums(warehouse, { ...question, groupBy: ['function'] });
    const requests = sums.flatMap(({ column, labels: [name = ''], n, retries, duplicates }): Counted[] => {
      const total = n - retries - duplicates;
      return [...(places.get(name)?.values() ?? [])].map((labels) => {
        return { column, labels, good: total, total };
      });
    });
    const arrivals = steps.map(({ column, labels, arrived }): Counted => {
      return { column, labels, good: -arrived, total: 0 };
    });
    return addUp([...requests, ...arrivals]).map(({ good, total, ...step }) => {
      return { ...step, good: Math.max(0, good), total: good < 0 ? total - good : total };
    });
  },
};
