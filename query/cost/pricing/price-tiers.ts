import type { Rate } from '../../../schemas/cost/price-file.js';
import { add, compare, decimal, least, multiply, type Rational, subtract, zero } from '../exact/rational.js';

/** A part of a quantity that one rate is for. */
export type TierPart = { rate: Rate; quantity: Rational; cost: Rational };

export type TierPrice = {
  parts: TierPart[];
  /** What lies beyond the last tier whose rate is known. */
  unpriced: Rational;
};

/** Each unit at the rate of the tier it falls into; `before` is what the month had already used. */
export function priceTiers(tiers: readonly Rate[], quantity: Rational, before: Rational = zero): TierPrice {
  const parts: TierPart[] = [];
  const end = add(before, quantity);
  let at = before;
  for (const rate of tiers) {
    const from = decimal(rate.tier?.from ?? '0');
    const to = rate.tier?.to ?? null;
    const until = to === null ? end : least(end, decimal(to));
    if (compare(at, from) < 0 || compare(until, at) <= 0) continue;
    const within = subtract(until, at);
    parts.push({ rate, quantity: within, cost: multiply(within, decimal(rate.price)) });
    at = until;
  }
  return { parts, unpriced: subtract(end, at) };
}
