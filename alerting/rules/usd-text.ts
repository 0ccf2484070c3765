import { decimalText } from '../../query/cost/exact/decimal-text.js';
import { compare, type Rational, rational } from '../../query/cost/exact/rational.js';

/** "$12.50"; below a dollar with as many decimals as tell something: "$0.0093". */
export function usdText(value: Rational): string {
  const isWhole = compare(value, rational(1n)) >= 0 || compare(value, rational(-1n)) <= 0;
  if (!isWhole) return `$${decimalText(value, 4)}`;
  const [whole = '0', part = ''] = decimalText(value, 2).split('.');
  return `$${whole}.${part.padEnd(2, '0')}`;
}
