import type { CostAnswer, CostBasis, CostLine, CostRow } from '../../../schemas/cost/attribution.js';
import type { CostNote } from '../../../schemas/cost/price.js';
import type { PriceBook } from '../book/price-book.js';
import { apportion } from '../exact/apportion.js';
import { decimalText, moneyDecimals, scaled, scaledText } from '../exact/decimal-text.js';
import {
  add,
  compareDecimals,
  decimal,
  divide,
  multiply,
  type Rational,
  rational,
  sum,
  zero,
} from '../exact/rational.js';
import { ruleOf } from '../pricing/rules.js';
import type { UsageLine } from '../pricing/usage-line.js';
import { keyOf, type Pricing, type UnitPrice } from './price-basis.js';
import { rowLines, type SettingsOf, type UsageSums } from './row-lines.js';
import { type SharedRule, shareOut } from './share-out.js';

/** A row of usage with its labels; `at` is an instant at which its rates held. */
export type LabelledUsage = UsageSums & {
  labels: readonly string[];
  month: string;
  at: Date;
  runs: bigint;
  good: bigint;
};

/** A line that no run makes, such as provisioned concurrency: it stands whether used or not. */
export type StandingLine = { labels: readonly string[]; line: UsageLine; month: string; at: Date };

type Opened = { line: UsageLine; price: UnitPrice; quantity: Rational; cost: Rational };
export type Entry = { labels: readonly string[]; runs: Rational; good: Rational; lines: Map<string, Opened> };

export type Attributed = Pick<
  CostAnswer,
  'rows' | 'totalUsd' | 'invocations' | 'unpricedInvocations' | 'shared' | 'notes'
>;

export type AttributionInput = {
  groupBy: readonly string[];
  usage: readonly LabelledUsage[];
  standing: readonly StandingLine[];
  shared: readonly SharedRule[];
  settingsOf: SettingsOf;
  pricing: Pricing;
  book: PriceBook;
  basis: CostBasis;
};

/** Cost by labels: every row opens into lines, and printed rows and lines add up to the printed total exactly. */
export function attribute(input: AttributionInput): Attributed {
  const { entries, notes, unpriced } = openEntries(input);
  // What is shared must show even where nothing ran.
  if (entries.length === 0 && input.shared.length > 0)
    entries.push({ labels: [], runs: zero, good: zero, lines: new Map() });
  const amounts = entries.map(({ lines }) => sum([...lines.values()].map(({ cost }) => cost)));
  const shares = shareOut(input.shared, entries, amounts);
  const exact = amounts.map((amount, index) =>
    add(amount, sum(shares.map((one) => one.parts[index] ?? zero))),
  );
  const total = scaled(sum(exact));
  const printed = apportion(exact, total);
  const rows = entries.map((entry, index) => {
    const own = shares
      .map(({ rule, parts }) => ({ rule, cost: parts[index] ?? zero }))
      .filter(({ cost }) => cost.n !== 0n);
    return printRow(input, entry, own, printed[index] ?? 0n, total);
  });
  rows.sort((a, b) => compareDecimals(b.costUsd, a.costUsd) || b.invocations - a.invocations);
  const sharedTotals = shares.map(({ rule, parts }) => ({
    name: rule.name,
    costUsd: decimalText(sum(parts)),
    by: rule.by,
    author: rule.author,
    reason: rule.reason,
  }));
  return {
    rows,
    totalUsd: scaledText(total),
    invocations: whole(sum(entries.map(({ runs }) => runs))),
    unpricedInvocations: whole(unpriced),
    shared: sharedTotals,
    notes: [...notes, ...input.pricing.notes()],
  };
}

function openEntries({ usage, standing, settingsOf, pricing }: AttributionInput) {
  const entries = new Map<string, Entry>();
  const notes = new Map<string, CostNote>();
  let unpriced = zero;
  const entryOf = (labels: readonly string[]): Entry => {
    const key = labels.join('\u0000');
    const known = entries.get(key);
    if (known !== undefined) return known;
    const fresh: Entry = { labels, runs: zero, good: zero, lines: new Map() };
    entries.set(key, fresh);
    return fresh;
  };
  const put = (entry: Entry, line: UsageLine, month: string, at: Date): boolean => {
    const price = pricing.of(line, month, at);
    const cost = price === null ? zero : multiply(line.quantity, price.perUnit);
    const key = `${keyOf(line)} ${price === null ? '' : price.rate.price} ${price === null ? '' : `${price.perUnit.n}/${price.perUnit.d}`}`;
    const known = entry.lines.get(key);
    if (known === undefined) entry.lines.set(key, { line, price, quantity: line.quantity, cost });
    else {
      known.quantity = add(known.quantity, line.quantity);
      known.cost = add(known.cost, cost);
    }
    return price !== null;
  };
  for (const row of usage) {
    const entry = entryOf(row.labels);
    const weight = row.weight === 1 ? rational(1n) : decimal(String(row.weight));
    entry.runs = add(entry.runs, multiply(rational(row.runs), weight));
    entry.good = add(entry.good, multiply(rational(row.good), weight));
    const { lines, notes: told, isBilled } = rowLines(row, settingsOf);
    for (const one of told) notes.set(one.message, one);
    const arePriced = lines.map((line) => put(entry, line, row.month, row.at));
    if (!isBilled || arePriced.includes(false))
      unpriced = add(unpriced, multiply(rational(row.runs), weight));
  }
  for (const { labels, line, month, at } of standing) put(entryOf(labels), line, month, at);
  return { entries: [...entries.values()], notes: [...notes.values()], unpriced };
}

function printRow(
  { groupBy, book }: AttributionInput,
  { labels, runs, good, lines }: Entry,
  shared: readonly { rule: SharedRule; cost: Rational }[],
  printed: bigint,
  total: bigint,
): CostRow {
  const opened = [...lines.values()];
  const parts = apportion([...opened.map(({ cost }) => cost), ...shared.map(({ cost }) => cost)], printed);
  const cost = rational(printed, 10n ** BigInt(moneyDecimals));
  const per = (count: Rational, times = 1n) =>
    count.n <= 0n ? null : decimalText(multiply(divide(cost, count), rational(times)));
  return {
    labels: Object.fromEntries(groupBy.map((name, index) => [name, labels[index] ?? ''])),
    invocations: whole(runs),
    costUsd: scaledText(printed),
    costPerMillionUsd: per(runs, 1_000_000n),
    costPerSuccessUsd: per(good),
    shareRatio: total === 0n ? null : Number((printed * 1_000_000n) / total) / 1_000_000,
    lines: [
      ...opened.map((one, index) => printLine(book, one, parts[index] ?? 0n)),
      ...shared.map(({ rule }, index) => sharedLine(book, rule, parts[opened.length + index] ?? 0n)),
    ],
  };
}

function printLine(book: PriceBook, { line, price, quantity }: Opened, cost: bigint): CostLine {
  const { provider, product, dimension, region, arch } = line;
  const source = price === null ? undefined : book.sources.get(price.rate.sources[0] ?? '');
  return {
    provider,
    product,
    dimension,
    region,
    arch,
    quantity: decimalText(quantity),
    unit: price?.rate.unit ?? '',
    rateUsd: price === null ? null : decimalText(price.perUnit, 18),
    costUsd: price === null ? null : scaledText(cost),
    rule: ruleOf(line),
    priceBook: book.version,
    source:
      price === null
        ? null
        : {
            title: source?.title ?? '',
            url: source?.url ?? '',
            asOf: price.rate.asOf,
            verified: price.rate.verified,
          },
  };
}

function sharedLine(book: PriceBook, rule: SharedRule, cost: bigint): CostLine {
  return {
    provider: '',
    product: 'shared',
    dimension: rule.name,
    region: '',
    arch: '',
    quantity: '1',
    unit: 'share',
    rateUsd: scaledText(cost),
    costUsd: scaledText(cost),
    rule: `shared by ${rule.by}, set by ${rule.author}: ${rule.reason}`,
    priceBook: book.version,
    source: { title: rule.name, url: 'coldburn.yaml, cost.shared', asOf: null, verified: true },
  };
}

function whole(value: Rational): number {
  return Number(scaled(value, 0));
}
