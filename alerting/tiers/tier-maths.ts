import { ratioOf, rest, type Share } from '../../schemas/slo/percent.js';
import type { Tier } from '../../schemas/slo/tier.js';

/**
 * How many times faster than sustainable the budget must be going for the tier to be reached: B × T / W. One division of
 * whole numbers, so 14.4 is the double nearest to 14.4.
 */
export function factorOf({ budget, longMs }: Tier, periodMs: number): number {
  return Number(budget.parts * BigInt(periodMs)) / Number(budget.of * BigInt(longMs));
}

/** The share of bad events at which a tier is reached: factor × (1 - objective). From 1 on it never is. */
export function thresholdRatio(tier: Tier, objective: Share, periodMs: number): number {
  const { parts, of } = rest(objective);
  const numerator = tier.budget.parts * BigInt(periodMs) * parts;
  return Number(numerator) / Number(tier.budget.of * BigInt(tier.longMs) * of);
}

/**
 * How long a steady fault goes on before the tier fires, and how long after its end the tier stops, at an even load; null
 * when this share of bad events never reaches it. Source: Google SRE Workbook, "Alerting on SLOs".
 */
export function detectionMs(tier: Tier, objective: Share, periodMs: number, badRatio: number): number | null {
  const threshold = thresholdRatio(tier, objective, periodMs);
  return badRatio <= threshold ? null : (tier.longMs * threshold) / badRatio;
}

export function resetMs(tier: Tier, objective: Share, periodMs: number, badRatio: number): number | null {
  const threshold = thresholdRatio(tier, objective, periodMs);
  return badRatio <= threshold ? null : tier.shortMs * (1 - threshold / badRatio);
}

/** How long the whole budget lasts when this share of events is bad; null when it is never spent. */
export function timeToEmptyMs(objective: Share, periodMs: number, badRatio: number): number | null {
  return badRatio === 0 ? null : (periodMs * ratioOf(rest(objective))) / badRatio;
}
