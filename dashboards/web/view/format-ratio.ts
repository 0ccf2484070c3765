import { unitSpace, unknown } from './figure.js';

/**
 * A share as a percentage with two decimals. It says 100 % or 0 % only when that is exact: one failure in a million
 * is ">99.99 %", one success in a million "<0.01 %".
 */
export function formatRatio(ratio: number | null): string {
  if (ratio === null) return unknown;
  const percent = `${unitSpace}%`;
  if (ratio === 1) return `100${percent}`;
  if (ratio === 0) return `0${percent}`;
  const rounded = (ratio * 100).toFixed(2);
  if (rounded === '100.00') return `>99.99${percent}`;
  if (rounded === '0.00') return `<0.01${percent}`;
  return rounded + percent;
}
