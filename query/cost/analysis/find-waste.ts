import type { WasteItem, WasteRow } from '../../../schemas/cost/waste.js';
import { decimalText } from '../exact/decimal-text.js';
import {
  add,
  compare,
  compareDecimals,
  divide,
  multiply,
  type Rational,
  rational,
  subtract,
  sum,
  zero,
} from '../exact/rational.js';
import type { PricedCell } from './priced-cell.js';

/** Memory beyond the most ever used that a function should keep. */
const headroom = rational(5n, 4n);
const smallestMb = 128n;

/** Provisioned concurrency of a function in the window: paid for, and what of it was used. */
export type ProvisionedUse = { cost: Rational; gbS: Rational };

/**
 * Money spent without use, for one function. The items overlap (a retry may have timed out), so they are not added up.
 */
export function findWaste(
  of: Pick<WasteRow, 'function' | 'environment' | 'team'>,
  cells: readonly PricedCell[],
  provisioned: ProvisionedUse | null,
): WasteRow {
  const items: (WasteItem | null)[] = [
    coldStarts(cells),
    repeated(
      'retries',
      cells,
      'retries',
      'later attempts of the same request, each at the mean of like runs',
    ),
    repeated(
      'duplicates',
      cells,
      'duplicates',
      'runs for an event handled before, each at the mean of like runs',
    ),
    ended('timeouts', cells, ['timeout'], 'runs that ended at their time limit'),
    ended('failures', cells, ['error', 'oom'], 'runs that failed or ran out of memory'),
    overMemory(cells),
    idle(cells, provisioned),
  ];
  const found = items.filter((item) => item !== null);
  found.sort((a, b) => compareDecimals(b.costUsd, a.costUsd));
  return { ...of, costUsd: decimalText(sum(cells.map(({ cost }) => cost))), items: found };
}

function item(
  kind: WasteItem['kind'],
  cost: Rational,
  runs: Rational | null,
  rule: string,
): WasteItem | null {
  if (cost.n <= 0n) return null;
  return {
    kind,
    costUsd: decimalText(cost),
    invocations: runs === null ? null : Number(decimalText(runs, 0)),
    rule,
    busyRatio: null,
    breakEvenRatio: null,
  };
}

/** The billed start of environments, as a share of the billed time it is part of. */
function coldStarts(cells: readonly PricedCell[]): WasteItem | null {
  let [cost, runs] = [zero, zero];
  for (const { cell, usage, runs: count } of cells) {
    if (!cell.cold || cell.ms <= 0n || !cell.billing.startsWith('aws')) continue;
    const share = rational(cell.init_ns, cell.ms * 1_000_000n);
    cost = add(cost, multiply(usage, compare(share, rational(1n)) > 0 ? rational(1n) : share));
    runs = add(runs, count);
  }
  return item('coldStarts', cost, runs, 'start of environments, in proportion to the billed time');
}

function repeated(
  kind: WasteItem['kind'],
  cells: readonly PricedCell[],
  count: 'retries' | 'duplicates',
  rule: string,
) {
  let [cost, runs] = [zero, zero];
  for (const { cell, scale, cost: spent } of cells) {
    if (cell[count] <= 0n || cell.runs <= 0n) continue;
    cost = add(cost, multiply(spent, rational(cell[count], cell.runs)));
    runs = add(runs, multiply(rational(cell[count]), scale));
  }
  return item(kind, cost, runs, rule);
}

function ended(
  kind: WasteItem['kind'],
  cells: readonly PricedCell[],
  outcomes: readonly string[],
  rule: string,
) {
  const found = cells.filter(({ cell }) => outcomes.includes(cell.outcome));
  return item(kind, sum(found.map(({ cost }) => cost)), sum(found.map(({ runs }) => runs)), rule);
}

/** Only where use is told: memory given beyond the most ever used and a quarter more, if runs took as long with less. */
function overMemory(cells: readonly PricedCell[]): WasteItem | null {
  const most = Math.max(...cells.map(({ cell }) => cell.used_max_bytes));
  if (!(most > 0) || cells.some(({ cell }) => cell.outcome === 'oom')) return null;
  const mb = multiply(rational(BigInt(Math.ceil(most / 1_048_576))), headroom);
  const needed = compare(mb, rational(smallestMb)) < 0 ? rational(smallestMb) : mb;
  let cost = zero;
  for (const { cell, usage } of cells) {
    const given = rational(BigInt(cell.memory_mb));
    if (compare(given, needed) <= 0 || !cell.billing.startsWith('aws')) continue;
    cost = add(cost, multiply(usage, divide(subtract(given, needed), given)));
  }
  return item(
    'overMemory',
    cost,
    null,
    'memory beyond the most ever used and a quarter more; at most this, since less memory is also less CPU',
  );
}

/** What of provisioned concurrency stood idle; on demand would be cheaper below a busy share of 60 %. */
function idle(cells: readonly PricedCell[], provisioned: ProvisionedUse | null): WasteItem | null {
  if (provisioned === null || provisioned.gbS.n <= 0n) return null;
  const used = sum(
    cells
      .filter(({ cell }) => cell.billing === 'aws-lambda-provisioned')
      .map(({ cell, scale }) => multiply(rational(cell.mb_ms, 1_024_000n), scale)),
  );
  const busy = compare(used, provisioned.gbS) >= 0 ? rational(1n) : divide(used, provisioned.gbS);
  const cost = multiply(provisioned.cost, subtract(rational(1n), busy));
  const found = item('idleProvisioned', cost, null, 'provisioned concurrency while nothing ran on it');
  return found === null ? null : { ...found, busyRatio: Number(decimalText(busy, 4)), breakEvenRatio: 0.6 };
}
