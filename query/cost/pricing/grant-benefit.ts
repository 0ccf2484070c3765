import type { Grant } from '../../../schemas/cost/price-file.js';
import {
  compare,
  decimal,
  divide,
  least,
  multiply,
  one,
  type Rational,
  sum,
  zero,
} from '../exact/rational.js';

/** What of one line a free grant may take off. */
export type GrantedLine = {
  quantity: Rational;
  cost: Rational;
  /** Of the line's first tier. */
  firstRate: Rational;
};

/**
 * What a grant takes off each of the lines it is for, all of one payer and month. How providers share it between regions
 * and architectures is not published: here it goes to each line in proportion to its quantity (or its cost, where the
 * grant is money), from the first tier.
 */
export function grantBenefits(grant: Grant, homePrice: Rational, lines: readonly GrantedLine[]): Rational[] {
  const free = decimal(grant.quantity);
  if (grant.valuedAs === 'quantity') {
    const used = sum(lines.map(({ quantity }) => quantity));
    if (used.n === 0n) return lines.map(() => zero);
    const share = compare(used, free) <= 0 ? one : divide(free, used);
    return lines.map(({ quantity, firstRate, cost }) =>
      least(cost, multiply(multiply(quantity, share), firstRate)),
    );
  }
  const cost = sum(lines.map((line) => line.cost));
  if (cost.n === 0n) return lines.map(() => zero);
  const money = multiply(free, homePrice);
  const share = compare(cost, money) <= 0 ? one : divide(money, cost);
  return lines.map((line) => multiply(line.cost, share));
}
