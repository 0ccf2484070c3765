import { readFigures } from './read-figures.js';
import type { Rule } from './rule.js';
import { findShares } from './shares.js';

export const duplicateProcessing: Rule = {
  id: 'duplicate-processing',
  title: 'Events are processed twice',
  severity: 'ticket',
  why: 'Work done twice is wrong rather than down: money, mails and counts have to be looked at.',
  minimumMs: 300_000,
  find: async (context) =>
    findShares(await readFigures(context), {
      part: ({ doubled }) => doubled,
      above: 0.01,
      atLeast: 5,
      fewestRuns: 100,
      timesUsual: 3,
      says: 'had been processed before',
      title: (name) => `${name} processes events twice`,
    }),
};
