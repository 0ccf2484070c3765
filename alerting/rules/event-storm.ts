import { readFigures, windowsMs } from './read-figures.js';
import type { Rule } from './rule.js';
import { placed } from './shares.js';

const times = 5;
const fewestRuns = 500;

export const eventStorm: Rule = {
  id: 'event-storm',
  title: 'Far more events than usual',
  severity: 'ticket',
  why: 'It costs money and may overload what is behind; if it does, their own rules page.',
  minimumMs: 300_000,
  find: async (context) =>
    (await readFigures(context)).flatMap((figures) => {
      const [quarterMs, hourMs] = windowsMs;
      const dayMs = windowsMs.at(-1) ?? 1;
      const runs = figures.runs[0] ?? 0;
      // Without the last hour: a storm does not become usual by going on.
      const others = (figures.runs.at(-1) ?? 0) - (figures.runs[1] ?? 0);
      const usual = (others * quarterMs) / (dayMs - hourMs);
      // A function that was not there before has no usual rate.
      if (usual <= 0 || runs < fewestRuns || runs <= times * usual) return [];
      return [
        {
          ...placed(figures),
          verdict: 'reached' as const,
          title: `${figures.function} runs ${Math.round(runs / usual)} times as often as usual`,
          summary: `${Math.round(runs)} runs within 15m; over the day before it was ${Math.round(usual)} in that time.`,
          facts: [
            { label: 'Runs in 15m', value: String(Math.round(runs)) },
            { label: 'Usual', value: String(Math.round(usual)) },
          ],
          startedAt: null,
        },
      ];
    }),
};
