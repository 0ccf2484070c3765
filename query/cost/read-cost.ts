import type { CostAnswer, CostBasis } from '../../schemas/cost/attribution.js';
import { ProblemError } from '../../schemas/problem.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { coarsestFor } from '../window/step.js';
import { windowParts } from '../window/window-parts.js';
import { attribute, type LabelledUsage, type StandingLine } from './attribution/attribute.js';
import { makePricing, type Pricing } from './attribution/price-basis.js';
import { functionSettings, rowLines } from './attribution/row-lines.js';
import { sharedIn } from './attribution/share-out.js';
import { standingLines } from './attribution/standing-lines.js';
import type { PriceBook } from './book/price-book.js';
import { priceCuts } from './book/price-cuts.js';
import type { CostDeps } from './cost-deps.js';
import { readOverallCoverage } from './store/read-overall-coverage.js';
import { readUsage, type UsageRow } from './store/read-usage.js';
import { type CostDimension, noFilter, type UsageDimension, type UsageFilter } from './store/usage-sql.js';

/** Sums of usage with different labels, months and prices. One more is read, so that a cut answer is noticed and refused. */
const mostUsageRows = 50_000;

export type CostQuestion = {
  from: Date;
  to: Date;
  groupBy: readonly CostDimension[];
  tagKey: string;
  basis: CostBasis;
  filter: UsageFilter;
};

/** What usage cost in the window as answered, split by labels. */
export async function readCost(
  warehouse: TenantWarehouse,
  question: CostQuestion,
  deps: CostDeps,
  now: Date,
  options?: StatementOptions,
): Promise<CostAnswer> {
  const parts = windowParts(question, now);
  const [loaded, coverageRatio] = await Promise.all([
    loadUsage(warehouse, question, deps, now, options),
    readOverallCoverage(warehouse, { ...parts, ...question.filter }, options),
  ]);
  const { book, pricing, usage, standing } = loaded;
  const shared = isWhole(question.filter) ? sharedIn(deps.settings, parts) : [];
  const { basis, groupBy } = question;
  const settingsOf = functionSettings(deps.settings);
  const attributed = attribute({ groupBy, usage, standing, shared, settingsOf, pricing, book, basis });
  return {
    from: parts.from.toISOString(),
    to: parts.to.toISOString(),
    basis,
    currency: 'USD',
    groupBy: [...groupBy],
    coverageRatio,
    commitments: [...pricing.commitments],
    priceBook: book.version,
    ...attributed,
  };
}

export type UsageAsked = Omit<CostQuestion, 'groupBy'> & {
  groupBy: readonly UsageDimension[];
  /** Of the dimension `step`. */
  stepMs?: number;
};

export type LoadedUsage = {
  book: PriceBook;
  pricing: Pricing;
  usage: LabelledUsage[];
  standing: StandingLine[];
};

/** Usage and the prices to multiply it with, for whoever wants more than the sums. */
export async function loadUsage(
  warehouse: TenantWarehouse,
  { groupBy, tagKey, filter, basis, stepMs = 3_600_000, ...window }: UsageAsked,
  { books, settings }: CostDeps,
  now: Date,
  options?: StatementOptions,
): Promise<LoadedUsage> {
  const parts = windowParts(window, now, coarsestFor(stepMs));
  const book = basis === 'list' ? books.list : books.own;
  const cuts = priceCuts(book, parts);
  const ask = { tagKey, stepMs, cuts, limit: mostUsageRows + 1 };
  const months = {
    from: monthStart(parts.from),
    to: new Date(Math.min(now.getTime(), nextMonth(parts.to).getTime())),
  };
  const [rows, payerRows] = await Promise.all([
    readUsage(warehouse, { ...parts, ...filter, ...ask, groupBy }, options),
    basis === 'list' || months.from >= months.to
      ? []
      : readUsage(warehouse, { ...windowParts(months, now), ...noFilter, ...ask, groupBy: [] }, options),
  ]);
  if (rows.length > mostUsageRows || payerRows.length > mostUsageRows)
    throw new ProblemError(
      'QUERY_LIMIT',
      `The window has more than ${mostUsageRows} kinds of usage by ${[...groupBy, 'price'].join(', ')}.`,
    );
  const settingsOf = functionSettings(settings);
  const payer = payerRows.flatMap((row) => {
    const { month, at } = labelled(row, cuts);
    return rowLines(row, settingsOf).lines.map((line) => ({ line, month, at }));
  });
  return {
    book,
    pricing: makePricing(book, basis, payer, { commitments: settings.commitments, until: months.to }),
    usage: rows.map((row) => labelled(row, cuts)),
    standing: standingLines(settings.provisioned, parts, groupBy, stepMs, (entry) =>
      Object.entries(filter).every(
        ([name, wanted]) =>
          wanted === null || wanted === (name === 'provider' ? 'aws' : Reflect.get(entry, name)),
      ),
    ),
  };
}

function labelled(row: UsageRow, cuts: readonly string[]): LabelledUsage {
  const month = row.at_month;
  const cut = row.cut === 0 ? month : (cuts[row.cut - 1] ?? month);
  const at = new Date(Math.max(Date.parse(`${cut}T00:00:00Z`), Date.parse(`${month}T00:00:00Z`)));
  return { ...row, month, at };
}

function isWhole(filter: UsageFilter): boolean {
  return Object.values(filter).every((wanted) => wanted === null);
}

function monthStart(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
}

function nextMonth(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
}
