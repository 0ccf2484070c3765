import { readFigures } from './read-figures.js';
import type { Rule } from './rule.js';
import { findShares } from './shares.js';

export const coldStartStorm: Rule = {
  id: 'cold-start-storm',
  title: 'Far more cold starts than usual',
  severity: 'ticket',
  why: 'Users wait longer, but are served; what they must not wait for has an objective on latency.',
  minimumMs: 300_000,
  find: async (context) =>
    findShares(await readFigures(context), {
      part: ({ cold_starts }) => cold_starts,
      above: 0.3,
      atLeast: 10,
      fewestRuns: 30,
      timesUsual: 3,
      needsUsual: true,
      says: 'began cold',
      title: (name) => `${name} starts cold far more often than usual`,
    }),
};
