import type { z } from 'zod';
import type { LedgerAnswer } from '../../../../schemas/slo/budget-answer.js';
import { rest, type Share } from '../../../../schemas/slo/percent.js';

type Point = z.infer<typeof LedgerAnswer>['points'][number];

export type Steps = { fromMs: number; stepMs: number; steps: number };
export type Events = Steps & { good: (number | null)[]; bad: (number | null)[] };

const minuteMs = 60_000;
const stepsMs = [1, 5, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * minuteMs);

/** The length of a step that makes at most `most` of them. */
export function ledgerStepMs(lengthMs: number, most: number): number {
  return stepsMs.find((step) => lengthMs / step <= most) ?? 1440 * minuteMs;
}

/** The ledger by step, with null where nothing happened. Steps are counted from 1970, so the first may begin earlier. */
export function ledgerEvents(points: readonly Point[], fromMs: number, toMs: number, stepMs: number): Events {
  const first = Math.floor(fromMs / stepMs) * stepMs;
  const steps = Math.max(1, Math.ceil((toMs - first) / stepMs));
  const good: (number | null)[] = Array.from({ length: steps }, () => null);
  const bad: (number | null)[] = [...good];
  for (const { at, good: wentWell, total } of points) {
    const index = Math.round((Date.parse(at) - first) / stepMs);
    if (index < 0 || index >= steps) continue;
    good[index] = Math.min(wentWell, total);
    bad[index] = Math.max(0, total - wentWell);
  }
  return { fromMs: first, stepMs, steps, good, bad };
}

/**
 * What was left of the budget after each step, as a share of the budget of the whole time shown: it starts whole and
 * ends at what is left now. Null when nothing may be spent.
 */
export function budgetCurve(
  { good, bad }: Pick<Events, 'good' | 'bad'>,
  objective: Share,
): (number | null)[] {
  const { parts, of } = rest(objective);
  const total = good.reduce<number>((sum, value, index) => sum + (value ?? 0) + (bad[index] ?? 0), 0);
  const allowed = (total * Number(parts)) / Number(of);
  if (allowed === 0) return good.map(() => null);
  let spent = 0;
  return bad.map((value) => {
    spent += value ?? 0;
    return 1 - spent / allowed;
  });
}

/** Shares of good events to choose from, 90 % to 99.999 %: the bad share is one round digit. */
export function objectiveChoices(current: string): string[] {
  const choices = new Set<string>();
  for (let decade = 1; decade >= -2; decade--)
    for (let digit = decade === 1 ? 1 : 9; digit >= 1; digit--) {
      const badPercent = digit * 10 ** decade;
      choices.add(`${Number((100 - badPercent).toFixed(5))} %`);
    }
  choices.add(current);
  return [...choices].sort((one, other) => Number.parseFloat(one) - Number.parseFloat(other));
}
