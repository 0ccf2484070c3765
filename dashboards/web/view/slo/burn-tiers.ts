import { ratioOf, rest } from '../../../../schemas/slo/percent.js';
import { nominalLengthMs } from '../../../../schemas/slo/period.js';
import { presetTiers } from '../../../../schemas/slo/presets.js';
import type { SloDefinition } from '../../../../schemas/slo/slo-definition.js';

export type BurnTier = {
  severity: 'page' | 'ticket';
  /** Multiples of the sustainable spend from which it counts. */
  factor: number;
  longMs: number;
  shortMs: number;
  longRate: number | null;
  shortRate: number | null;
  /** Both windows are above the factor. */
  isReached: boolean;
};

type Burn = readonly { windowMs: number; rate: number | null }[];

/** Each burn-rate condition of an objective beside what it burns now, pages first. */
export function burnTiers(definition: SloDefinition, burn: Burn): BurnTier[] {
  const periodMs = nominalLengthMs(definition.period);
  const { preset, tiers = presetTiers(preset, periodMs) } = definition.alerting;
  const rateOf = (windowMs: number) => burn.find((one) => one.windowMs === windowMs)?.rate ?? null;
  const allowed = ratioOf(rest(definition.objective));
  return tiers.flatMap(({ budget, longMs, shortMs, severity }) => {
    const factor = Number(budget.parts * BigInt(periodMs)) / Number(budget.of * BigInt(longMs));
    // More than everything would have to fail: such a tier is not in force.
    if (factor * allowed >= 1) return [];
    const [longRate, shortRate] = [rateOf(longMs), rateOf(shortMs)];
    const isReached = (longRate ?? 0) > factor && (shortRate ?? 0) > factor;
    return [{ severity, factor, longMs, shortMs, longRate, shortRate, isReached }];
  });
}

/** Where a rate stands on a bar that ends at twice the factor, 0 to 1. */
export function burnWidth(rate: number | null, factor: number): number {
  return rate === null ? 0 : Math.min(1, rate / (2 * factor));
}
