import { ProblemError } from '../../schemas/problem.js';
import { invocationDimensions, rowDimensions } from './dimensions.js';
import { readSums } from './read-sums.js';
import type { Counted, Sli } from './sli.js';

/** A slice that is cut by an end of the window counts by what of it lies inside. */
export const availability: Sli = {
  unit: 'ratio',
  says: 'slices of time (`slice`) in which at least `atLeast` of the runs ended ok, of those with any runs',
  dimensions: invocationDimensions,
  rowDimensions,
  kept: 'sums',
  takes: ['slice', 'atLeast', 'coldStarts'],
  adds: true,
  read: async (warehouse, question) => {
    const { sliceMs, atLeastRatio, stepMs } = question;
    const rows = await readSums(warehouse, { ...question, stepMs: sliceMs, most: mostSlices });
    if (rows.length === mostSlices)
      throw new ProblemError('QUERY_LIMIT', `The window has ${mostSlices} slices or more.`);
    const steps = new Map<string, Counted>();
    for (const { column: sliceAt, labels, ok, n } of rows) {
      if (n <= 0) continue;
      const column = Math.floor(sliceAt / stepMs) * stepMs;
      const key = JSON.stringify([column, labels]);
      const { good, total } = steps.get(key) ?? { good: 0, total: 0 };
      const isGood = ok >= atLeastRatio * n * (1 - 1e-12);
      steps.set(key, { column, labels, good: good + (isGood ? 1 : 0), total: total + 1 });
    }
    return [...steps.values()];
  },
};

const mostSlices = 500_000;
