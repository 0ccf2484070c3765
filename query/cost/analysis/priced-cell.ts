import type { Pricing } from '../attribution/price-basis.js';
import { rowLines, type SettingsOf } from '../attribution/row-lines.js';
import { add, decimal, multiply, type Rational, rational, zero } from '../exact/rational.js';
import type { Cell } from '../store/read-cells.js';

/** A cell with its cost: what its time and memory cost, and what counting its requests does. */
export type PricedCell = {
  cell: Cell;
  /** How often each run of the cell counts: its weight, and what the cell was scaled by. */
  scale: Rational;
  runs: Rational;
  usage: Rational;
  requests: Rational;
  cost: Rational;
  isPriced: boolean;
};

export type CellPricing = { pricing: Pricing; settingsOf: SettingsOf; at: Date };

const perRun: readonly string[] = ['requests', 'invocations', 'executions'];

function weightOf({ weight }: Cell): Rational {
  return weight === 1 ? rational(1n) : decimal(String(weight));
}

/** Prices cells by the rates in force at one instant. */
export function priceCells(cells: readonly Cell[], { pricing, settingsOf, at }: CellPricing): PricedCell[] {
  const month = `${at.toISOString().slice(0, 7)}-01`;
  return cells.map((cell) => {
    const row = { ...cell, k_function: cell.function, k_region: cell.region, k_arch: cell.arch };
    const { lines, isBilled } = rowLines(row, settingsOf);
    let [usage, requests, isPriced] = [zero, zero, isBilled];
    for (const line of lines) {
      const price = pricing.of(line, month, at);
      if (price === null) {
        isPriced = false;
        continue;
      }
      const cost = multiply(line.quantity, price.perUnit);
      if (perRun.includes(line.dimension)) requests = add(requests, cost);
      else usage = add(usage, cost);
    }
    const scale = weightOf(cell);
    const runs = multiply(rational(cell.runs), scale);
    return { cell, scale, runs, usage, requests, cost: add(usage, requests), isPriced };
  });
}
