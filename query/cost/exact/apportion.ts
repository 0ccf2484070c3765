import { moneyDecimals, scaled } from './decimal-text.js';
import { compare, floor, multiply, type Rational, rational, subtract, sum } from './rational.js';

/**
 * Amounts in units of the last printed decimal, such that they add up to exactly `total` (their own rounded sum when left
 * out): each is cut off, and what is missing goes to those that lost most. So no printed table ever fails to add up.
 */
export function apportion(
  amounts: readonly Rational[],
  total: bigint = scaled(sum(amounts)),
  decimals = moneyDecimals,
): bigint[] {
  const unit = rational(10n ** BigInt(decimals));
  const exact = amounts.map((amount) => multiply(amount, unit));
  const parts = exact.map(floor);
  const cut = exact.map((amount, index) => subtract(amount, rational(parts[index] ?? 0n)));
  let missing = total - parts.reduce((so, part) => so + part, 0n);
  const order = cut.map((_, index) => index);
  order.sort((a, b) => compare(cut[b] ?? zeroCut, cut[a] ?? zeroCut) || a - b);
  const count = BigInt(parts.length);
  if (count === 0n) return [];
  // More than one unit each is only ever missing when the caller's total is not the sum.
  const each = floor(rational(missing, count));
  missing -= each * count;
  for (const [rank, index] of order.entries())
    parts[index] = (parts[index] ?? 0n) + each + (BigInt(rank) < missing ? 1n : 0n);
  return parts;
}

const zeroCut: Rational = { n: 0n, d: 1n };
