import { cycleOf } from '../../query/cost/analysis/cycle.js';
import { decimalText } from '../../query/cost/exact/decimal-text.js';
import {
  compare,
  decimal,
  divide,
  multiply,
  type Rational,
  rational,
} from '../../query/cost/exact/rational.js';
import { windowText } from '../tiers/window-text.js';
import { budgetLabels, type CostBudget, readSpent } from './read-spent.js';
import type { Finding, Rule, RuleContext } from './rule.js';
import { usdText } from './usd-text.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

type CostTier = { longMs: number; shortMs: number; share: Rational; severity: 'page' | 'ticket' };

/**
 * Shares of a cycle's money in one window, as the SRE workbook has them for error budgets ("Alerting on SLOs", 2018). Usual
 * spending burns at 1×, not far below it, so the slow tier of three days is left out: it is 1× and would never end.
 */
const tiers: readonly CostTier[] = [
  { longMs: hourMs, shortMs: 5 * minuteMs, share: rational(2n, 100n), severity: 'page' },
  { longMs: 6 * hourMs, shortMs: 30 * minuteMs, share: rational(5n, 100n), severity: 'page' },
  { longMs: 24 * hourMs, shortMs: 2 * hourMs, share: rational(8n, 100n), severity: 'ticket' },
];
const perDay = (spent: Rational, windowMs: number) =>
  multiply(spent, rational(BigInt(24 * hourMs), BigInt(windowMs)));

export const costBurn: Rule = {
  id: 'cost-burn',
  title: 'Money is spent far faster than its budget',
  severity: 'page',
  why: 'A loop that pays for itself again and again does not stop by itself; a slow one is a ticket.',
  minimumMs: 0,
  everyMinutes: 2,
  find: async (context) => {
    const findings: Finding[] = [];
    for (const budget of context.costs.settings.budgets) {
      const found = await judgeBudget(budget, context);
      if (found !== null) findings.push(found);
    }
    return findings;
  },
};

async function judgeBudget(
  budget: CostBudget,
  { warehouse, at, costs, costAlerts }: RuleContext,
): Promise<Finding | null> {
  const limit = decimal(budget.usdPerMonth);
  if (limit.n <= 0n) return null;
  const cycle = cycleOf(at, costs.settings.cycleDay);
  const cycleMs = cycle.to.getTime() - cycle.from.getTime();
  const burnIn = async (windowMs: number) => {
    const from = new Date(at.getTime() - windowMs);
    const spent = await readSpent(warehouse, budget, { from, to: at }, costs);
    const even = multiply(limit, rational(BigInt(windowMs), BigInt(cycleMs)));
    return { spent, burn: divide(spent, even) };
  };
  for (const { longMs, shortMs, share, severity } of tiers) {
    // The workbook's shares are of 30 days.
    const threshold = multiply(share, rational(BigInt(30 * 24 * hourMs), BigInt(longMs)));
    const short = await burnIn(shortMs);
    if (compare(short.burn, threshold) <= 0) continue;
    const long = await burnIn(longMs);
    if (compare(long.burn, threshold) <= 0) continue;
    const daily = perDay(long.spent, longMs);
    // Nobody is woken for pennies, however small a budget is.
    const isDear = compare(daily, decimal(costAlerts.pageUsdPerDay)) >= 0;
    const times = (value: Rational) => `${decimalText(value, 1)}×`;
    return {
      scope: budget.name,
      labels: budgetLabels(budget),
      verdict: 'reached',
      severity: isDear ? severity : 'ticket',
      title: `The cost budget ${budget.name} is spent ${times(long.burn)} as fast as it may be`,
      summary: `${usdText(long.spent)} within ${windowText(longMs)}, ${usdText(daily)} a day if it goes on; the budget allows ${usdText(perDay(multiply(limit, rational(BigInt(longMs), BigInt(cycleMs))), longMs))} a day.`,
      facts: [
        { label: `Spent in ${windowText(longMs)}`, value: usdText(long.spent) },
        { label: `Pace over ${windowText(longMs)}`, value: `${times(long.burn)}, limit ${times(threshold)}` },
        { label: `Pace over ${windowText(shortMs)}`, value: times(short.burn) },
      ],
      startedAt: null,
    };
  }
  return null;
}
