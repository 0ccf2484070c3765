import { readFigures } from './read-figures.js';
import type { Rule } from './rule.js';
import { findShares } from './shares.js';

export const throttling: Rule = {
  id: 'throttling',
  title: 'Calls are throttled',
  severity: 'page',
  why: 'A throttled call is a user or an event that was turned away.',
  minimumMs: 120_000,
  find: async (context) =>
    findShares(await readFigures(context), {
      part: ({ throttled }) => throttled,
      above: 0.05,
      atLeast: 5,
      fewestRuns: 50,
      timesUsual: 3,
      says: 'were throttled',
      title: (name) => `${name} is throttled`,
    }),
};
