import { functionDimensions } from './dimensions.js';
import { readRunning } from './read-running.js';
import type { Sli } from './sli.js';

export const saturation: Sli = {
  unit: 'ratio',
  says: 'minutes with no more at once than `below` of `limit`, of those with runs; the value is the most at once / `limit`',
  dimensions: functionDimensions,
  rowDimensions: null,
  kept: 'minutes',
  takes: ['limit', 'below'],
  adds: false,
  read: async (warehouse, question) => {
    const rows = await readRunning(warehouse, question, question.limit * question.belowRatio);
    return rows.map(({ highest, ...row }) => ({ ...row, value: highest / question.limit }));
  },
};
