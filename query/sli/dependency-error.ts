import { callDimensions, readCalls } from './read-calls.js';
import type { Sli } from './sli.js';

export const dependencyError: Sli = {
  unit: 'ratio',
  says: 'calls to a dependency that did not fail, of all',
  dimensions: callDimensions,
  rowDimensions: null,
  kept: 'minutes',
  takes: [],
  adds: true,
  read: async (warehouse, question) =>
    (await readCalls(warehouse, question)).map(({ column, labels, total, errors }) => {
      return { column, labels, good: total - errors, total };
    }),
};
