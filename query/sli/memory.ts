import { invocationDimensions, rowDimensions } from './dimensions.js';
import { readSums } from './read-sums.js';
import type { Sli } from './sli.js';

/** The value is the mean of used / given, weighed like the runs. */
export const memory: Sli = {
  unit: 'ratio',
  says: 'did not run out of memory, of those that told how much they used; the value is the mean share in use',
  dimensions: invocationDimensions,
  rowDimensions,
  kept: 'sums',
  takes: ['coldStarts'],
  adds: false,
  read: async (warehouse, question) =>
    (await readSums(warehouse, question)).map((row) => {
      const good = row.memory_told - row.memory_told_oom;
      return {
        column: row.column,
        labels: row.labels,
        good,
        total: good + row.ooms,
        value: row.memory_told > 0 ? row.memory_permille / row.memory_told / 1000 : null,
      };
    }),
};
