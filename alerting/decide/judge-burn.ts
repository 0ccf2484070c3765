import type { Sum } from '../budget/budget.js';
import { isBeyondChance } from './binomial-tail.js';
import { type BurnPolicy, isAbove, type PolicyTier } from './burn-policy.js';
import type { Standing } from './step.js';

/** Sums of the windows that end at the minute judged. */
export type SumOf = (windowMs: number) => Sum;

/** Where an objective stands in one minute, from its counts alone. */
export function judgeBurn(policy: BurnPolicy, sumOf: SumOf): Standing<PolicyTier> {
  let active: PolicyTier | null = null;
  let held: PolicyTier | null = null;
  let still: PolicyTier | null = null;
  for (const tier of policy.tiers) {
    const long = sumOf(tier.longMs);
    const short = sumOf(tier.shortMs);
    if (long.good > long.total || short.good > short.total) return { kind: 'broken' };
    if (!isReached(long, tier)) continue;
    const isShortReached = isReached(short, tier);
    // Nobody called since: that is no sign that the fault is over.
    if (isShortReached || short.total === 0) still ??= tier;
    if (!isShortReached) continue;
    if (isEnough(long, tier, policy)) active ??= tier;
    else held ??= tier;
    // A lower tier can be certain where a higher one is not, but never the other way round.
    if (active !== null) break;
  }
  // A ticket waits for the minutes in which it may turn out to be a page.
  const isInDoubt = active?.severity === 'ticket' && held?.severity === 'page';
  if (isInDoubt) active = null;
  return { kind: 'judged', active, held: active === null ? held : null, still };
}

function isReached({ good, total }: Sum, { threshold }: PolicyTier): boolean {
  return isAbove(total - good, total, threshold);
}

function isEnough({ good, total }: Sum, { threshold }: PolicyTier, { gate }: BurnPolicy): boolean {
  if (gate === null) return true;
  const bad = total - good;
  return bad >= gate.atLeastBad && isBeyondChance(bad, total, threshold.ratio, gate.level);
}
