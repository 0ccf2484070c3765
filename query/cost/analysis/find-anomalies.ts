import type { AnomaliesAnswer } from '../../../schemas/cost/anomalies.js';
import { decimalText, scaled } from '../exact/decimal-text.js';
import {
  compare,
  compareDecimals,
  decimal,
  divide,
  multiply,
  type Rational,
  rational,
  subtract,
  sum,
} from '../exact/rational.js';
import { byFunction, type FunctionCells, ownedKey } from './by-function.js';
import type { PricedCell } from './priced-cell.js';
import { printChanges } from './print-changes.js';
import { scaleCells } from './scale-cells.js';
import { type Effect, splitChange } from './split-change.js';

type Anomaly = AnomaliesAnswer['anomalies'][number];

export type AnomalyRule = {
  /** Cost must be this many times what was expected. */
  leastFactor: Rational;
  /** And come to so much more in a day, so that cheap noise is left alone. */
  leastPerDay: Rational;
};

export const usualRule: AnomalyRule = { leastFactor: rational(2n), leastPerDay: decimal('1') };

const names: Readonly<Record<Effect, string>> = {
  volume: 'more runs',
  retry: 'retries and repeated deliveries',
  duration: 'longer runs',
  coldStart: 'cold starts',
  memory: 'more memory',
  rate: 'other prices',
  mix: 'another mix of regions, architectures and outcomes',
};

/** Functions that cost far more in a window than as long a time of the baseline did, each with why. */
export function findAnomalies(
  window: readonly PricedCell[],
  baseline: readonly PricedCell[],
  lengths: { windowMs: number; baselineMs: number },
  rule: AnomalyRule,
): Anomaly[] {
  const usual = byFunction(baseline);
  const factor = rational(BigInt(lengths.windowMs), BigInt(lengths.baselineMs));
  const found = [...byFunction(window).values()].flatMap((one) => {
    const before = scaleCells(usual.get(ownedKey(one.of))?.cells ?? [], factor);
    const anomaly = judge(one, before, lengths.windowMs, rule);
    return anomaly === null ? [] : [anomaly];
  });
  return found.sort((a, b) => compareDecimals(b.excessUsd, a.excessUsd));
}

function judge(
  { of, cells }: FunctionCells,
  before: readonly PricedCell[],
  windowMs: number,
  rule: AnomalyRule,
): Anomaly | null {
  const spent = sum(cells.map(({ cost }) => cost));
  const expected = sum(before.map(({ cost }) => cost));
  const excess = subtract(spent, expected);
  const perDay = multiply(excess, rational(86_400_000n, BigInt(windowMs)));
  if (compare(spent, multiply(expected, rule.leastFactor)) < 0 || compare(perDay, rule.leastPerDay) < 0)
    return null;
  const change = splitChange(before, cells, cells);
  const [row] = printChanges([{ labels: {}, change }]).rows;
  if (row === undefined) return null;
  const largest = (Object.keys(names) as Effect[]).reduce((a, b) =>
    compare(change[b], change[a]) > 0 ? b : a,
  );
  return {
    ...of,
    costUsd: row.afterUsd,
    expectedUsd: row.beforeUsd,
    excessUsd: row.changeUsd,
    factor: expected.n === 0n ? null : Number(scaled(divide(spent, expected), 3)) / 1000,
    perDayUsd: decimalText(perDay),
    cause: expected.n === 0n ? 'it did not run before' : names[largest],
    effects: row.effects,
  };
}
