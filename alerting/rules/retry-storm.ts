import { readFigures } from './read-figures.js';
import type { Rule } from './rule.js';
import { findShares } from './shares.js';

export const retryStorm: Rule = {
  id: 'retry-storm',
  title: 'A large share of runs are retries',
  severity: 'page',
  why: 'Retries multiply the load on what is failing, and keep it down.',
  minimumMs: 300_000,
  find: async (context) =>
    findShares(await readFigures(context), {
      part: ({ again }) => again,
      above: 0.3,
      atLeast: 20,
      fewestRuns: 50,
      timesUsual: 3,
      says: 'were retries',
      title: (name) => `${name} is called again and again`,
    }),
};
