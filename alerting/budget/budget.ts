import { ratioOf, rest, type Share } from '../../schemas/slo/percent.js';
import { nominalLengthMs } from '../../schemas/slo/period.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import { judgeTiers } from '../tiers/judge-slo.js';
import { factorOf } from '../tiers/tier-maths.js';

/** Events of one window. They add up over windows that touch, so no share is ever averaged. */
export type Sum = { good: number; total: number };
export const nothing: Sum = { good: 0, total: 0 };

export type BudgetStatus = 'ok' | 'burning' | 'exhausted' | 'idle' | 'telemetry-lost' | 'broken';

export type Budget = {
  objective: number;
  good: number;
  total: number;
  bad: number;
  /** How many events of this period may be bad; it grows with the traffic. */
  badAllowed: number;
  /** Null when there is nothing to spend: no events, or an objective of 100 %. Below 0 when overspent. */
  remainingRatio: number | null;
  burn: { windowMs: number; rate: number | null }[];
  /** Of the budget of the whole period, the share that went in its last so many milliseconds. */
  spent: { windowMs: number; bad: number; ratio: number | null }[];
  /** If it goes on as in the long window of the fastest tier; null when it does not burn. */
  timeToEmptyMs: number | null;
  status: BudgetStatus;
};

export type BudgetFacts = {
  definition: SloDefinition;
  period: Sum;
  /** Sums of the last so many milliseconds, for each of `burnWindows`. */
  windows: ReadonlyMap<number, Sum>;
  /** Sums of the last so many milliseconds of the period, as far as they were asked for. */
  spent: ReadonlyMap<number, Sum>;
  /** Whether telemetry of any kind still comes in; null when nobody can say, as for the past. */
  isArriving: boolean | null;
};

/** The windows that spending is told for: an hour, a day and a week, as far as they lie in the period. */
export const spentWindows: readonly number[] = [3_600_000, 86_400_000, 7 * 86_400_000];

/** The windows that burn is told for: those of the tiers in force, shortest first. */
export function burnWindows(definition: SloDefinition): number[] {
  const windows = tiersOf(definition).flatMap(({ longMs, shortMs }) => [longMs, shortMs]);
  return [...new Set(windows)].sort((one, other) => one - other);
}

export function budgetOf({ definition, period, windows, spent, isArriving }: BudgetFacts): Budget {
  const { objective } = definition;
  const { good, total } = period;
  const bad = badOf(period);
  const rateOf = (windowMs: number) => burnRate(windows.get(windowMs) ?? nothing, objective);
  const remainingRatio = remainingOf(period, objective);
  const tiers = tiersOf(definition);
  const periodMs = nominalLengthMs(definition.period);
  const isBurning = tiers.some((tier) => {
    const factor = factorOf(tier, periodMs);
    return [tier.longMs, tier.shortMs].every((windowMs) => (rateOf(windowMs) ?? 0) > factor);
  });
  const fastestMs = tiers.map(({ longMs }) => longMs).sort((one, other) => one - other)[0];
  const rate = fastestMs === undefined ? null : rateOf(fastestMs);
  const isSpent = remainingRatio === null ? bad > 0 : remainingRatio <= 0;
  return {
    objective: ratioOf(objective),
    good,
    total,
    bad,
    badAllowed: badAllowedOf(total, objective),
    remainingRatio,
    burn: burnWindows(definition).map((windowMs) => ({ windowMs, rate: rateOf(windowMs) })),
    spent: [...spent].map(([windowMs, sum]) => {
      const gone = badOf(sum);
      return { windowMs, bad: gone, ratio: spentShare(gone, total, objective) };
    }),
    timeToEmptyMs: isSpent ? 0 : emptyMs(remainingRatio, rate, periodMs),
    status: statusOf({ period, isSpent, isBurning, isArriving }),
  };
}

function statusOf(facts: {
  period: Sum;
  isSpent: boolean;
  isBurning: boolean;
  isArriving: boolean | null;
}): BudgetStatus {
  const { period, isSpent, isBurning, isArriving } = facts;
  if (period.good > period.total) return 'broken';
  if (isSpent && period.total > 0) return 'exhausted';
  if (isArriving === false) return 'telemetry-lost';
  if (isBurning) return 'burning';
  return period.total === 0 ? 'idle' : 'ok';
}

/** How many of so many events may be bad. */
export function badAllowedOf(total: number, objective: Share): number {
  const { parts, of } = rest(objective);
  return Number(BigInt(total) * parts) / Number(of);
}

function badOf({ good, total }: Sum): number {
  return Math.max(0, total - good);
}

function spentShare(bad: number, total: number, objective: Share): number | null {
  const { parts, of } = rest(objective);
  const allowed = BigInt(total) * parts;
  return allowed === 0n ? null : Number(BigInt(bad) * of) / Number(allowed);
}

/** 1 - bad / allowed, in one division of whole numbers. */
export function remainingOf({ good, total }: Sum, objective: Share): number | null {
  const { parts, of } = rest(objective);
  const allowed = BigInt(total) * parts;
  if (allowed === 0n) return null;
  return Number(allowed - BigInt(Math.max(0, total - good)) * of) / Number(allowed);
}

/** Multiples of the sustainable spend: at 1 the budget lasts exactly the period. Null without events or budget. */
export function burnRate({ good, total }: Sum, objective: Share): number | null {
  return spentShare(badOf({ good, total }), total, objective);
}

function emptyMs(remainingRatio: number | null, rate: number | null, periodMs: number): number | null {
  if (remainingRatio === null || rate === null || rate === 0) return null;
  return Math.round((remainingRatio * periodMs) / rate);
}

/** A preset's tier that could never fire is left out. */
function tiersOf(definition: SloDefinition) {
  return judgeTiers(definition)
    .filter(({ problems }) => problems.every(({ kind }) => kind !== 'refused'))
    .map(({ tier }) => tier);
}
