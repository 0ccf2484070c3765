import { type Figures, readFigures, windowsMs } from './read-figures.js';
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
      const { at } = context;
      const runs = figures.runs[0] ?? 0;
      const usual = usualRuns(figures, at.getTime());
      // A function that was not there before has no usual rate.
      if (usual === null || usual <= 0 || runs < fewestRuns || runs <= times * usual) return [];
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

/**
 * Runs of a quarter of an hour of the day before: without the last hour, so that a storm does not become usual by going on,
 * and since the function first ran, so that a new one has none.
 */
function usualRuns({ runs, first_s }: Figures, endMs: number): number | null {
  const [quarterMs, hourMs] = windowsMs;
  const dayMs = windowsMs.at(-1) ?? 0;
  const firstMs = Math.max(first_s * 1000, endMs - dayMs);
  const index = [1, 0].find((one) => endMs - (windowsMs[one] ?? 0) - firstMs >= quarterMs);
  if (index === undefined) return null;
  const sinceMs = index === 1 ? hourMs : quarterMs;
  const others = (runs.at(-1) ?? 0) - (runs[index] ?? 0);
  return (others * quarterMs) / (endMs - sinceMs - firstMs);
}
