import { windowText } from '../tiers/window-text.js';
import { readFigures, windowsMs } from './read-figures.js';
import type { Rule } from './rule.js';
import { placed, usualUntil } from './shares.js';

const limitMs = 10 * 60_000;
const timesUsual = 3;
const fewestRuns = 5;

export const iteratorAge: Rule = {
  id: 'iterator-age',
  title: 'Events are processed late',
  severity: 'ticket',
  why: 'Late is not lost; a queue that grows until messages expire has a rule of its own.',
  minimumMs: 300_000,
  find: async (context) =>
    (await readFigures(context)).flatMap((figures) => {
      const chosen = windowsMs.findIndex((_, index) => (figures.aged[index] ?? 0) >= fewestRuns);
      if (chosen === -1) return [];
      const mean = (index: number) => (figures.age_ms[index] ?? 0) / Math.max(1, figures.aged[index] ?? 0);
      const nowMs = mean(chosen);
      const last = windowsMs.length - 1;
      const since = usualUntil(figures.aged, chosen, fewestRuns);
      const others = (figures.aged[last] ?? 0) - (figures.aged[since] ?? 0);
      const usualMs = others <= 0 ? 0 : ((figures.age_ms[last] ?? 0) - (figures.age_ms[since] ?? 0)) / others;
      if (nowMs <= limitMs || nowMs < timesUsual * usualMs) return [];
      return [
        {
          ...placed(figures),
          verdict: 'reached' as const,
          title: `${figures.function} falls behind: events wait ${windowText(nowMs)}`,
          summary: `Events waited ${windowText(nowMs)} on average before they were processed; usually ${windowText(usualMs)}.`,
          facts: [{ label: `Age over ${windowText(windowsMs[chosen] ?? 0)}`, value: windowText(nowMs) }],
          startedAt: null,
        },
      ];
    }),
};
