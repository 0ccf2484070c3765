import { decimalText } from '../../query/cost/exact/decimal-text.js';
import { compare, type Rational, rational } from '../../query/cost/exact/rational.js';

/** "$12.50", "$0.85"; below ten cents with as many decimals as tell something: "$0.0093". */
export function usdText(value: Rational): string {
  const isTenth = compare(value, rational(1n, 10n)) >= 0 || compare(value, rational(-1n, 10n)) <= 0;
  const [whole = '0', part = ''] = decimalText(value, isTenth ? 2 : 4).split('.');
  return `$${whole}.${part.padEnd(2, '0')}`;
}
