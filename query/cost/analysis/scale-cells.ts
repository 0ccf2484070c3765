import { multiply, type Rational } from '../exact/rational.js';
import type { PricedCell } from './priced-cell.js';

/** The same runs as if they had been fewer or more by a factor: a day's runs as those of a quarter of an hour. */
export function scaleCells(cells: readonly PricedCell[], factor: Rational): PricedCell[] {
  return cells.map((one) => ({
    ...one,
    scale: multiply(one.scale, factor),
    runs: multiply(one.runs, factor),
    usage: multiply(one.usage, factor),
    requests: multiply(one.requests, factor),
    cost: multiply(one.cost, factor),
  }));
}
