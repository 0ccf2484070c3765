import type { ReconcileAnswer } from '../../../schemas/cost/bill.js';
import { apportion } from '../exact/apportion.js';
import { decimalText, scaled, scaledText } from '../exact/decimal-text.js';
import {
  add,
  compare,
  decimal,
  divide,
  multiply,
  type Rational,
  subtract,
  sum,
  zero,
} from '../exact/rational.js';
import type { BillLine } from './bill-line.js';

/** List cost by telemetry of one day, function and dimension. */
export type ModelledLine = {
  day: string;
  function: string;
  dimension: string;
  quantity: Rational;
  cost: Rational;
};

type Step = ReconcileAnswer['bridge'][number]['step'];
type Key = { day: string; function: string; dimension: string };
type Pair = Key & {
  modelledQuantity: Rational;
  modelled: Rational;
  billedQuantity: Rational;
  list: Rational;
  freeQuantity: Rational;
  freeList: Rational;
};

const meanings: Readonly<Record<Step, string>> = {
  quantity: 'more or less usage on the bill than telemetry saw, at the price of the price book',
  withoutTelemetry: 'functions on the bill that sent nothing',
  notBilled: 'usage telemetry saw that is not on the bill',
  tierAndGrant: 'free grant and later tiers, against the first tier of the price book',
  price: 'list prices of the bill against the price book, rounding included',
  negotiated: 'agreed prices against list prices',
  commitment: 'commitments and what covers usage, against agreed prices',
  unattributed: 'lines of function services that name no function, such as data transfer',
  otherServices: 'services that run no functions',
  corrections: 'corrections and refunds of other periods',
  credits: 'credits and discounts',
  tax: 'tax',
  purchases: 'purchases and fees of commitments',
};

export type Bridge = Pick<
  ReconcileAnswer,
  | 'modelledUsd'
  | 'billedUsd'
  | 'effectiveUsd'
  | 'bridge'
  | 'residualUsd'
  | 'coverageRatio'
  | 'trueUps'
  | 'rows'
>;

const mostRows = 5_000;

/** From what telemetry says to what was billed, every cent in one step: the steps are differences, so nothing is left. */
export function bridge(modelled: readonly ModelledLine[], bill: readonly BillLine[]): Bridge {
  const steps = new Map<Step, Rational>(Object.keys(meanings).map((step) => [step as Step, zero]));
  const book = (step: Step, amount: Rational) => steps.set(step, add(steps.get(step) ?? zero, amount));
  const pairs = pairsOf(modelled, bill);
  const told = new Set(modelled.map((line) => line.function));
  for (const pair of pairs) bridgePair(pair, told.has(pair.function), book);
  for (const line of bill) {
    if (line.category !== 'usage') {
      book(stepOf[line.category], line.billed);
      continue;
    }
    if (!line.isFunction) book('otherServices', line.list);
    else if (line.function === '' || line.dimension === '') book('unattributed', line.list);
    book('negotiated', subtract(line.contracted, line.list));
    book('commitment', subtract(line.billed, line.contracted));
  }
  return print(modelled, bill, pairs, steps);
}

const stepOf = { purchase: 'purchases', tax: 'tax', credit: 'credits', correction: 'corrections' } as const;

function bridgePair(pair: Pair, hasTelemetry: boolean, book: (step: Step, amount: Rational) => void): void {
  const { modelled, list } = pair;
  if (pair.modelledQuantity.n === 0n) {
    book(hasTelemetry ? 'quantity' : 'withoutTelemetry', subtract(list, modelled));
    return;
  }
  if (pair.billedQuantity.n === 0n && list.n === 0n) {
    book('notBilled', subtract(list, modelled));
    return;
  }
  const rate = divide(modelled, pair.modelledQuantity);
  const atBook = multiply(pair.billedQuantity, rate);
  book('quantity', subtract(atBook, modelled));
  const free = subtract(pair.freeList, multiply(pair.freeQuantity, rate));
  book('tierAndGrant', free);
  book('price', subtract(subtract(list, atBook), free));
}

function pairsOf(modelled: readonly ModelledLine[], bill: readonly BillLine[]): Pair[] {
  const pairs = new Map<string, Pair>();
  const of = ({ day, function: name, dimension }: Key): Pair => {
    const key = `${day}\u0000${name}\u0000${dimension}`;
    const known = pairs.get(key);
    if (known !== undefined) return known;
    const none = {
      modelledQuantity: zero,
      modelled: zero,
      billedQuantity: zero,
      list: zero,
      freeQuantity: zero,
      freeList: zero,
    };
    const fresh = { day, function: name, dimension, ...none };
    pairs.set(key, fresh);
    return fresh;
  };
  for (const line of modelled) {
    const pair = of(line);
    pair.modelledQuantity = add(pair.modelledQuantity, line.quantity);
    pair.modelled = add(pair.modelled, line.cost);
  }
  for (const line of bill) {
    if (line.category !== 'usage' || !line.isFunction || line.function === '' || line.dimension === '')
      continue;
    const pair = of(line);
    pair.billedQuantity = add(pair.billedQuantity, line.quantity);
    pair.list = add(pair.list, line.list);
    if (!line.isFree) continue;
    pair.freeQuantity = add(pair.freeQuantity, line.quantity);
    pair.freeList = add(pair.freeList, line.list);
  }
  return [...pairs.values()];
}

function print(
  modelled: readonly ModelledLine[],
  bill: readonly BillLine[],
  pairs: readonly Pair[],
  steps: ReadonlyMap<Step, Rational>,
): Bridge {
  const model = sum(modelled.map(({ cost }) => cost));
  const billed = sum(bill.map((line) => line.billed));
  const names = [...steps.keys()];
  const exact = names.map((name) => steps.get(name) ?? zero);
  const printed = apportion(exact, scaled(billed) - scaled(model));
  const residual = subtract(subtract(billed, model), sum(exact));
  const both = pairs.filter((pair) => pair.modelled.n !== 0n && pair.list.n !== 0n);
  return {
    modelledUsd: decimalText(model),
    billedUsd: decimalText(billed),
    effectiveUsd: decimalText(sum(bill.map(({ effective }) => effective))),
    bridge: names.map((step, index) => ({
      step,
      usd: scaledText(printed[index] ?? 0n),
      meaning: meanings[step],
    })),
    residualUsd: decimalText(residual),
    coverageRatio: ratio(sum(both.map((pair) => pair.modelled)), sum(both.map(({ list }) => list))),
    trueUps: trueUpsOf(both),
    rows: pairs
      .map(rowOf)
      .sort((a, b) => compare(gap(b), gap(a)))
      .slice(0, mostRows),
  };
}

function trueUpsOf(pairs: readonly Pair[]): Bridge['trueUps'] {
  const byName = new Map<string, { modelled: Rational; list: Rational }>();
  for (const { function: name, modelled, list } of pairs) {
    const known = byName.get(name) ?? { modelled: zero, list: zero };
    byName.set(name, { modelled: add(known.modelled, modelled), list: add(known.list, list) });
  }
  return [...byName].flatMap(([name, sums]) => {
    const value = ratio(sums.list, sums.modelled);
    return value === null ? [] : [{ function: name, ratio: value }];
  });
}

function rowOf(pair: Pair): Bridge['rows'][number] {
  const rate = pair.modelledQuantity.n === 0n ? zero : divide(pair.modelled, pair.modelledQuantity);
  const atBook = pair.modelledQuantity.n === 0n ? pair.list : multiply(pair.billedQuantity, rate);
  return {
    day: pair.day,
    function: pair.function,
    dimension: pair.dimension,
    modelledQuantity: decimalText(pair.modelledQuantity),
    billedQuantity: decimalText(pair.billedQuantity),
    modelledUsd: decimalText(pair.modelled),
    billedListUsd: decimalText(pair.list),
    quantityUsd: decimalText(subtract(atBook, pair.modelled)),
    priceUsd: decimalText(subtract(pair.list, atBook)),
    coverageRatio: ratio(pair.modelledQuantity, pair.billedQuantity),
  };
}

function gap({ modelledUsd, billedListUsd }: Bridge['rows'][number]): Rational {
  const off = subtract(decimal(billedListUsd), decimal(modelledUsd));
  return off.n < 0n ? subtract(zero, off) : off;
}

function ratio(a: Rational, b: Rational): number | null {
  return b.n <= 0n ? null : Number(scaled(divide(a, b), 6)) / 1e6;
}
