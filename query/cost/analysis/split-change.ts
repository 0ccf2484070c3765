import { add, divide, multiply, type Rational, rational, subtract, sum, zero } from '../exact/rational.js';
import type { PricedCell } from './priced-cell.js';

export const effects = ['volume', 'retry', 'duration', 'coldStart', 'memory', 'rate', 'mix'] as const;
export type Effect = (typeof effects)[number];
export type Change = { before: Rational; after: Rational } & Record<Effect, Rational>;

/** What cost is a product of: runs wanted, runs for each, time of each, memory, price of that, price of a request. */
type Factors = {
  wanted: Rational;
  attempts: Rational;
  warmMs: Rational;
  coldMs: Rational;
  memory: Rational;
  price: Rational;
  perRun: Rational;
};

const one = rational(1n);

/**
 * Why cost changed, as amounts that add up to the change exactly: factors are exchanged one after another, from wanted
 * runs to prices. `afterAtOldRates` is what came after, priced as before: the rest of a changed price is a changed mix
 * of regions, architectures and outcomes. What is new or gone is volume.
 */
export function splitChange(
  before: readonly PricedCell[],
  after: readonly PricedCell[],
  afterAtOldRates: readonly PricedCell[],
): Change {
  const old = sum(before.map(({ cost }) => cost));
  const fresh = sum(after.map(({ cost }) => cost));
  const change: Change = {
    before: old,
    after: fresh,
    ...{ volume: zero, retry: zero, duration: zero, coldStart: zero, memory: zero, rate: zero, mix: zero },
  };
  const from = factorsOf(before);
  const to = factorsOf(after);
  if (from === null || to === null) return { ...change, volume: subtract(fresh, old) };
  let at = from;
  const step = (next: Partial<Factors>): Rational => {
    const was = costOf(at);
    at = { ...at, ...next };
    return subtract(costOf(at), was);
  };
  change.volume = step({ wanted: to.wanted });
  change.retry = step({ attempts: to.attempts });
  change.duration = step({ warmMs: to.warmMs });
  change.coldStart = step({ coldMs: to.coldMs });
  change.memory = step({ memory: to.memory });
  const priced = step({ price: to.price, perRun: to.perRun });
  change.rate = subtract(fresh, sum(afterAtOldRates.map(({ cost }) => cost)));
  change.mix = subtract(priced, change.rate);
  return change;
}

function costOf({ wanted, attempts, warmMs, coldMs, memory, price, perRun }: Factors): Rational {
  const ofRun = add(multiply(multiply(add(warmMs, coldMs), memory), price), perRun);
  return multiply(multiply(wanted, attempts), ofRun);
}

/** Null where nothing ran or nothing was wanted: then there is no "each". */
function factorsOf(cells: readonly PricedCell[]): Factors | null {
  const runs = sum(cells.map((one) => one.runs));
  const again = sum(
    cells.map(({ cell, scale }) => multiply(rational(cell.retries + cell.duplicates), scale)),
  );
  const wanted = subtract(runs, again);
  if (runs.n <= 0n || wanted.n <= 0n) return null;
  const warm = cells.filter(({ cell }) => !cell.cold);
  const time = timeOf(cells);
  const eachMs = divide(time, runs);
  const warmRuns = sum(warm.map((one) => one.runs));
  const warmMs = warmRuns.n === 0n ? eachMs : divide(timeOf(warm), warmRuns);
  const ms = sum(cells.map(({ cell, scale }) => multiply(rational(cell.ms), scale)));
  const mbMs = sum(cells.map(({ cell, scale }) => multiply(rational(cell.mb_ms), scale)));
  const memory = ms.n === 0n || mbMs.n === 0n ? one : divide(mbMs, ms);
  const usage = sum(cells.map((priced) => priced.usage));
  return {
    wanted,
    attempts: divide(runs, wanted),
    warmMs,
    coldMs: subtract(eachMs, warmMs),
    memory,
    price: time.n === 0n ? zero : divide(usage, multiply(time, memory)),
    perRun: divide(sum(cells.map((priced) => priced.requests)), runs),
  };
}

/** Billed time, or CPU time where only that is billed, in milliseconds. */
function timeOf(cells: readonly PricedCell[]): Rational {
  return sum(
    cells.map(({ cell, scale }) => {
      const ms = cell.billing === 'cloudflare' ? rational(cell.cpu, 1000n) : rational(cell.ms);
      return multiply(ms, scale);
    }),
  );
}
