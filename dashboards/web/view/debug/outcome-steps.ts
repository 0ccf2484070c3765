import type { z } from 'zod';
import type { SliAnswer, SliPoint } from '../../../../schemas/sli.js';
import { clockTime } from '../clock-time.js';
import { exactCount } from '../format-count.js';

export type Answer = z.infer<typeof SliAnswer>;

export const outcomeKinds = ['ok', 'failed', 'timeout', 'throttled'] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

export const outcomeWords: Readonly<Record<OutcomeKind, string>> = {
  ok: 'Ok',
  failed: 'Failed',
  timeout: 'Timed out',
  throttled: 'Throttled',
};

export type OutcomeStep = { atMs: number; total: number } & Record<OutcomeKind, number>;

/** Points of the one series of an answer that is not split. */
export function pointsOf(answer: Answer): SliPoint[] {
  return answer.series[0]?.points ?? [];
}

/** How many ended how in each step. Three answers may be of slightly different moments, so no part goes below zero. */
export function outcomeSteps(success: Answer, timeout: Answer, throttle: Answer): OutcomeStep[] {
  const missed = (answer: Answer) => new Map(pointsOf(answer).map((one) => [one.at, one.total - one.good]));
  const timeouts = missed(timeout);
  const throttles = missed(throttle);
  return pointsOf(success).map(({ at, good, total }) => {
    const timedOut = timeouts.get(at) ?? 0;
    const throttled = throttles.get(at) ?? 0;
    const failed = Math.max(0, total - good - timedOut - throttled);
    return { atMs: Date.parse(at), total, ok: good, failed, timeout: timedOut, throttled };
  });
}

/** One step in words. */
function stepText(step: OutcomeStep, stepMs: number): string {
  const bad = outcomeKinds
    .filter((kind) => kind !== 'ok' && step[kind] > 0)
    .map((kind) => `${exactCount(step[kind])} ${outcomeWords[kind].toLowerCase()}`);
  const when = `${clockTime(step.atMs, stepMs)} to ${clockTime(step.atMs + stepMs, stepMs)}`;
  return [when, `${exactCount(step.total)} invocations`, ...bad].join(' · ');
}

/** The whole chart in words. */
export function outcomesText(steps: readonly OutcomeStep[], stepMs: number): string {
  const sum = (kind: OutcomeKind) => steps.reduce((total, step) => total + step[kind], 0);
  const all = outcomeKinds.map((kind) => `${exactCount(sum(kind))} ${outcomeWords[kind].toLowerCase()}`);
  const worst = steps.reduce<OutcomeStep | null>(
    (before, step) =>
      step.total - step.ok > (before === null ? 0 : before.total - before.ok) ? step : before,
    null,
  );
  return `${all.join(', ')}.${worst === null ? '' : ` Most failures: ${stepText(worst, stepMs)}.`}`;
}
