import { decimalText } from '../../query/cost/exact/decimal-text.js';
import {
  compare,
  decimal,
  divide,
  type Rational,
  subtract,
  sum,
  zero,
} from '../../query/cost/exact/rational.js';
import type { BudgetRow } from '../../schemas/cost/forecast.js';
import { pngBars } from './png-bars.js';
import { dayText, escaped, pageHtml, tableHtml, type Words } from './report-words.js';

/** What one function of one team cost in the period, and in as long a time before it. */
export type CostedFunction = { function: string; team: string; cost: Rational; before: Rational };

export type CostReport = {
  fromMs: number;
  untilMs: number;
  functions: readonly CostedFunction[];
  /** By day of the period, in order. */
  days: readonly Rational[];
  budgets: readonly BudgetRow[];
  /** Runs without a known rate: in no amount. */
  unpriced: number;
  viewUrl: string | null;
};

/** More functions than these are added up: the dearest come first. */
const mostListed = 20;

/** What functions cost in a period, as text and as a page. Amounts are list prices, exact, and cut to cents when shown. */
export function writeCostReport(report: CostReport): Words {
  const { fromMs, untilMs, functions, days, budgets, unpriced, viewUrl } = report;
  const title = `Cost from ${dayText(fromMs)} to ${dayText(untilMs - 1)}`;
  const total = sum(functions.map(({ cost }) => cost));
  const before = sum(functions.map((one) => one.before));
  const summary =
    total.n === 0n && before.n === 0n
      ? 'Nothing ran that costs anything.'
      : `${usd(total)}, ${changeText(total, before)} the time before (${usd(before)}).`;
  const dearest = [...functions].sort(
    (a, b) => compare(b.cost, a.cost) || (a.function < b.function ? -1 : 1),
  );
  const grown = [...functions]
    .filter((one) => compare(one.cost, one.before) > 0)
    .sort((a, b) => compare(subtract(b.cost, b.before), subtract(a.cost, a.before)))
    .slice(0, 5);
  const listed = dearest.slice(0, mostListed);
  const rest = dearest.slice(mostListed);
  const more =
    rest.length === 0 ? '' : `and ${rest.length} more for ${usd(sum(rest.map(({ cost }) => cost)))}`;
  const teams = byTeam(functions);
  const budgetLines = budgets.map(budgetText);
  const note =
    unpriced === 0 ? '' : `${unpriced.toLocaleString('en')} runs have no known rate and are in no amount.`;
  const paragraph = (text: string) => (text === '' ? '' : `<p>${escaped(text)}</p>`);
  const table = (name: string, rows: readonly (readonly [string, Rational, Rational])[]) =>
    rows.length === 0
      ? ''
      : `<h2 style='font-size:16px'>${name}</h2>${tableHtml(
          ['', 'Cost', 'Before', 'Change'],
          rows.map(([label, cost, was]) => [
            escaped(label),
            `<b>${usd(cost)}</b>`,
            usd(was),
            changeOf(cost, was),
          ]),
        )}`;
  const row = ({ function: name, cost, before: was }: CostedFunction) => [name, cost, was] as const;
  return {
    title,
    text: [
      summary,
      ...teams.map(([team, cost, was]) => `${team}: ${usd(cost)} (${changeOf(cost, was)})`),
      '',
      ...listed.map((one) => `${one.function}: ${usd(one.cost)} (${changeOf(one.cost, one.before)})`),
      ...[more, ...budgetLines, note].filter((line) => line !== ''),
    ].join('\n'),
    html: pageHtml(
      title,
      [
        paragraph(summary),
        days.length === 0 ? '' : picture(days),
        table('Teams', teams),
        table('Grown most', grown.map(row)),
        table('Dearest functions', listed.map(row)),
        paragraph(more),
        ...budgetLines.map(paragraph),
        paragraph(note),
      ],
      viewUrl,
    ),
  };
}

function byTeam(functions: readonly CostedFunction[]): (readonly [string, Rational, Rational])[] {
  const teams = new Map<string, CostedFunction[]>();
  for (const one of functions) teams.set(one.team, [...(teams.get(one.team) ?? []), one]);
  return [...teams]
    .map(
      ([team, all]) =>
        [
          team === '' ? 'no team' : team,
          sum(all.map(({ cost }) => cost)),
          sum(all.map((one) => one.before)),
        ] as const,
    )
    .sort(([, a], [, b]) => compare(b, a));
}

function usd(value: Rational): string {
  const [whole = '0', part = ''] = decimalText(value, 2).split('.');
  return `$${whole}.${part.padEnd(2, '0')}`;
}

function changeText(cost: Rational, before: Rational): string {
  if (before.n === 0n) return 'and nothing in';
  const change = Number(decimalText(divide(subtract(cost, before), before), 4));
  if (Math.abs(change) < 0.0005) return 'as much as in';
  return `${Math.abs(change * 100).toFixed(1)} % ${change > 0 ? 'more' : 'less'} than in`;
}

function changeOf(cost: Rational, before: Rational): string {
  if (before.n === 0n) return cost.n === 0n ? 'none' : 'new';
  const change = Number(decimalText(divide(subtract(cost, before), before), 4)) * 100;
  return `${change > 0 ? '+' : ''}${change.toFixed(1)} %`;
}

function budgetText({ name, spentUsd, limitUsd, forecastUsd, status }: BudgetRow): string {
  const cents = (text: string) => usd(decimal(text));
  const expected = forecastUsd === null ? '' : `, ${cents(forecastUsd)} expected by its end`;
  return `Budget ${name}: ${cents(spentUsd)} of ${cents(limitUsd)} so far${expected} (${status}).`;
}

/** A bar for each day, as high as its share of the dearest. */
function picture(days: readonly Rational[]): string {
  const most = days.reduce((one, other) => (compare(other, one) > 0 ? other : one), zero);
  const bars = days.map((cost) => ({
    height: most.n === 0n ? null : Number(decimalText(divide(cost, most), 4)),
    color: [36, 87, 197] as const,
  }));
  const png = pngBars(bars, { height: 48, barWidth: days.length > 10 ? 8 : 24, gap: 2 });
  const told = days.map((cost) => usd(cost)).join(', ');
  return `<p><img alt='Cost by day: ${told}' height='48' src='data:image/png;base64,${png.toString('base64')}'></p>`;
}
