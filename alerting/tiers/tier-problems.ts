import { formatDuration } from '../../schemas/config/duration.js';
import { percentText, rest, type Share } from '../../schemas/slo/percent.js';
import type { Tier } from '../../schemas/slo/tier.js';
import { factorOf, thresholdRatio } from './tier-maths.js';

/** `refused`: the tier could never do what its author wants. `warned`: it works, but somebody should know. */
export type TierProblem = { kind: 'refused' | 'warned'; says: string };

export type TierSetting = {
  objective: Share;
  periodMs: number;
  /** How late telemetry comes. */
  delayMs: number;
  /** Nobody chose this tier by itself: where it cannot work it is left out, and the others do. */
  isPreset: boolean;
};

/** What is wrong with a tier for this objective and period, with the arithmetic. */
export function tierProblems(
  tier: Tier,
  { objective, periodMs, delayMs, isPreset }: TierSetting,
): TierProblem[] {
  const problems: TierProblem[] = [];
  const factor = factorOf(tier, periodMs);
  const threshold = thresholdRatio(tier, objective, periodMs);
  const budget = rest(objective);
  const long = formatDuration(tier.longMs);
  const short = formatDuration(tier.shortMs);
  if (budget.parts === 0n) {
    return [
      {
        kind: 'refused',
        says: 'an objective of 100 % has no budget that could burn; use 99.99 % or the like, or an alert on any failure',
      },
    ];
  }
  if (threshold >= 1) {
    const why = `${number(factor)} times a budget of ${percentText(budget)} is ${number(threshold * 100)} % bad events`;
    problems.push(
      isPreset
        ? { kind: 'warned', says: `it is left out, because it could never fire: ${why}` }
        : {
            kind: 'refused',
            says: `it can never fire: ${why}; spend a smaller share of the budget, or use a longer window than ${long}`,
          },
    );
  }
  if (factor < 1) {
    problems.push({
      kind: 'warned',
      says: `its factor ${number(factor)} is below 1, so it tells of an SLO that is still kept: ${percentText(tier.budget)} of the budget in ${long} is less than an even spend (${number((tier.longMs / periodMs) * 100)} %)`,
    });
  }
  if (tier.shortMs >= tier.longMs) {
    problems.push({
      kind: 'refused',
      says: `its short window (${short}) must be shorter than its long one (${long})`,
    });
  }
  if (tier.longMs > periodMs) {
    problems.push({
      kind: 'refused',
      says: `its window of ${long} is longer than the period of ${formatDuration(periodMs)}`,
    });
  }
  if (tier.shortMs <= delayMs) {
    problems.push({
      kind: 'warned',
      says: `its short window (${short}) is not longer than telemetry may take to arrive (${formatDuration(delayMs)}), so it may see nothing of what it judges`,
    });
  }
  return problems;
}

/** Of a set: a tier that needs more of the same than a milder one says nothing new. */
export function coveredBy(tiers: readonly Tier[], periodMs: number): { tier: Tier; by: Tier }[] {
  return tiers.flatMap((tier) => {
    const by = tiers.find(
      (other) =>
        other !== tier &&
        other.severity === tier.severity &&
        other.longMs <= tier.longMs &&
        other.shortMs <= tier.shortMs &&
        factorOf(other, periodMs) <= factorOf(tier, periodMs),
    );
    return by === undefined ? [] : [{ tier, by }];
  });
}

function number(value: number): string {
  return String(Number(value.toPrecision(4)));
}
