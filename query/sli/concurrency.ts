import { functionDimensions } from './dimensions.js';
import { readRunning } from './read-running.js';
import type { Sli } from './sli.js';

/** Of several functions the busiest: maxima of different instants do not add up. */
export const concurrency: Sli = {
  unit: 'count',
  says: 'minutes with no more at once than `limit`, of those with runs; the value is the most at once',
  dimensions: functionDimensions,
  rowDimensions: null,
  kept: 'minutes',
  takes: ['limit'],
  adds: false,
  read: async (warehouse, question) =>
    (await readRunning(warehouse, question, question.limit)).map(({ highest, ...row }) => {
      return { ...row, value: highest };
    }),
};
