import { addUp } from './add-up.js';
import { functionDimensions } from './dimensions.js';
import { readCovered } from './read-covered.js';
import type { Sli } from './sli.js';

/** More seen than counted means a count that is late or cut off, not more than all. */
export const coverage: Sli = {
  unit: 'ratio',
  says: 'runs that were seen, of those the provider counted',
  dimensions: functionDimensions,
  rowDimensions: null,
  kept: 'minutes',
  takes: [],
  adds: true,
  read: async (warehouse, question) =>
    addUp(
      (await readCovered(warehouse, question)).flatMap(({ column, labels, counts }) => {
        if (counts === null) return [];
        const { seen, counted } = counts;
        return [{ column, labels, good: Math.min(seen, counted), total: counted }];
      }),
    ),
};
