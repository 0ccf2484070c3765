import { windowText } from '../tiers/window-text.js';
import { readFigures, windowsMs } from './read-figures.js';
import type { Rule } from './rule.js';
import { percent, placed } from './shares.js';

const limitRatio = 0.95;
const fewestRuns = 20;

export const memoryNearLimit: Rule = {
  id: 'memory-near-limit',
  title: 'Memory is nearly used up',
  severity: 'ticket',
  why: 'Nothing has failed so far; when it does the objective on success pages.',
  minimumMs: 300_000,
  find: async (context) =>
    (await readFigures(context)).flatMap((figures) => {
      const chosen = windowsMs.findIndex((_, index) => (figures.memory_of[index] ?? 0) >= fewestRuns);
      const index = chosen === -1 ? windowsMs.length - 1 : chosen;
      const told = figures.memory_of[index] ?? 0;
      const ratio = told === 0 ? 0 : (figures.memory_permille[index] ?? 0) / told / 1000;
      if (ratio <= limitRatio) return [];
      return [
        {
          ...placed(figures),
          verdict: told >= 2 ? ('reached' as const) : ('held' as const),
          title: `${figures.function} uses nearly all of its memory`,
          summary: `Runs used ${percent(ratio)} of their memory on average within ${windowText(windowsMs[index] ?? 0)}.`,
          facts: [
            { label: 'Memory used', value: percent(ratio) },
            { label: 'Runs', value: String(told) },
          ],
          startedAt: null,
        },
      ];
    }),
};
