import type { CommitmentUse, CostBasis } from '../../../schemas/cost/attribution.js';
import type { CostNote } from '../../../schemas/cost/price.js';
import type { Grant, Rate } from '../../../schemas/cost/price-file.js';
import { findRates } from '../book/find-rates.js';
import { inUsd } from '../book/in-usd.js';
import type { PriceBook } from '../book/price-book.js';
import { add, compare, decimal, divide, type Rational, subtract, sum, zero } from '../exact/rational.js';
import { grantBenefits } from '../pricing/grant-benefit.js';
import { priceTiers } from '../pricing/price-tiers.js';
import type { UsageLine } from '../pricing/usage-line.js';
import { applyCommitment, type Commitment } from './commitments.js';

/** What one unit costs on a basis, and where that was read; null when no rate is known. */
export type UnitPrice = { perUnit: Rational; rate: Rate } | null;

export type Pricing = {
  /** `month` is the first day of the billing month; `at` any instant with the same rates. */
  of: (line: UsageLine, month: string, at: Date) => UnitPrice;
  notes: () => CostNote[];
  /** How much of what was committed is used, by month. */
  commitments: readonly CommitmentUse[];
};

/** Commitments of the payer, and until when its usage is known: a month under way has paid for its hours so far. */
export type Committed = { commitments: readonly Commitment[]; until: Date };

export type PayerLine = { line: UsageLine; month: string; at: Date };

/**
 * Prices of units for one payer. On the list basis a unit costs what the first tier says. The other two look at all the
 * payer used in the month, once for everybody: `average` spreads tiers and free grant evenly over all units of a kind,
 * `marginal` is what the next unit would cost.
 */
export function makePricing(
  book: PriceBook,
  basis: CostBasis,
  payer: readonly PayerLine[],
  { commitments, until }: Committed = noCommitments,
): Pricing {
  const notes = new Map<string, CostNote>();
  const known = new Map<string, UnitPrice>();
  const months = basis === 'list' ? new Map<string, Pool[]>() : poolsOf(book, payer);
  const used = [...months].flatMap(([month, pools]) => {
    const from = new Date(`${month}T00:00:00Z`);
    const to = new Date(
      Math.min(until.getTime(), Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1)),
    );
    return commitments.flatMap((one) => applyCommitment(one, { from, to }, pools) ?? []);
  });
  return {
    of: (line, month, at) => {
      const key = `${keyOf(line)} ${month} ${at.getTime()}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const tiers = tiersOf(book, line, at, notes);
      const price = tiers === null ? null : unitPrice(basis, tiers, line, month, months);
      known.set(key, price);
      return price;
    },
    notes: () => [...notes.values()],
    commitments: used,
  };
}

const noCommitments: Committed = { commitments: [], until: new Date(0) };

/** All usage of one dimension, place and month, with what it costs and what the grant takes off. */
type Pool = {
  key: string;
  line: UsageLine;
  quantity: Rational;
  cost: Rational;
  benefit: Rational;
  /** Cost less the grant, and then as commitments leave it. */
  net: Rational;
  /** Whether a commitment would cover the next unit too. */
  hasRoom: boolean;
  tiers: readonly Rate[];
};

function unitPrice(
  basis: CostBasis,
  tiers: readonly Rate[],
  line: UsageLine,
  month: string,
  months: ReadonlyMap<string, readonly Pool[]>,
): UnitPrice {
  const [first] = tiers;
  if (first === undefined) return null;
  const pool = months.get(month)?.find(({ key }) => key === keyOf(line));
  if (basis === 'list' || pool === undefined || pool.quantity.n === 0n)
    return { perUnit: decimal(first.price), rate: first };
  if (basis === 'average') return { perUnit: divide(pool.net, pool.quantity), rate: first };
  // Still within the grant, or within what is paid for anyway: the next unit is free.
  if (pool.hasRoom || compare(pool.cost, pool.benefit) === 0) return { perUnit: zero, rate: first };
  const next = tiers.findLast(({ tier }) => compare(decimal(tier?.from ?? '0'), pool.quantity) <= 0) ?? first;
  return { perUnit: decimal(next.price), rate: next };
}

function poolsOf(book: PriceBook, payer: readonly PayerLine[]): Map<string, Pool[]> {
  const sums = new Map<string, PayerLine>();
  for (const one of payer) {
    const key = `${keyOf(one.line)} ${one.month}`;
    const known = sums.get(key);
    const quantity = known === undefined ? one.line.quantity : add(known.line.quantity, one.line.quantity);
    sums.set(key, { ...one, line: { ...one.line, quantity } });
  }
  const months = new Map<string, Pool[]>();
  for (const { line, month, at } of sums.values()) {
    const tiers = tiersOf(book, line, at, null);
    if (tiers === null) continue;
    const cost = sum(priceTiers(tiers, line.quantity).parts.map((part) => part.cost));
    const pool = {
      key: keyOf(line),
      line,
      quantity: line.quantity,
      cost,
      benefit: zero,
      net: cost,
      hasRoom: false,
      tiers,
    };
    months.set(month, [...(months.get(month) ?? []), pool]);
  }
  for (const [month, pools] of months)
    for (const grant of book.grants) applyGrant(book, grant, pools, new Date(`${month}T00:00:00Z`));
  for (const pool of [...months.values()].flat()) pool.net = subtract(pool.cost, pool.benefit);
  return months;
}

function applyGrant(book: PriceBook, grant: Grant, pools: readonly Pool[], at: Date): void {
  const of = pools.filter(
    ({ line }) =>
      line.provider === grant.provider &&
      line.product === grant.product &&
      line.dimension === grant.dimension,
  );
  const home = findRates(book, { ...grant, region: 'tier-1', arch: '', at });
  const homePrice = home.kind === 'found' ? decimal(home.tiers[0]?.price ?? '0') : zero;
  const lines = of.map(({ quantity, cost, tiers }) => ({
    quantity,
    cost,
    firstRate: decimal(tiers[0]?.price ?? '0'),
  }));
  for (const [index, benefit] of grantBenefits(grant, homePrice, lines).entries()) {
    const pool = of[index];
    if (pool !== undefined) pool.benefit = benefit;
  }
}

function tiersOf(
  book: PriceBook,
  line: UsageLine,
  at: Date,
  notes: Map<string, CostNote> | null,
): readonly Rate[] | null {
  const note = (one: CostNote) => notes?.set(one.message, one);
  const found = findRates(book, { ...line, at });
  if (found.kind === 'missing') {
    note({ code: 'missing-rate', message: found.message });
    return null;
  }
  for (const one of found.notes) note(one);
  const usd = inUsd(book, found.tiers, at);
  if (usd.kind === 'usd') return usd.tiers;
  note({ code: 'no-exchange-rate', message: usd.message });
  return null;
}

export function keyOf({ provider, product, dimension, region, arch }: UsageLine): string {
  return `${provider}/${product}/${dimension}/${region}/${arch}`;
}
