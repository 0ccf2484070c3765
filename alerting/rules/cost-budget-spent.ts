import { cycleOf } from '../../query/cost/analysis/cycle.js';
import { compare, decimal, subtract } from '../../query/cost/exact/rational.js';
import { budgetLabels, readSpent } from './read-spent.js';
import type { Finding, Rule } from './rule.js';
import { usdText } from './usd-text.js';

export const costBudgetSpent: Rule = {
  id: 'cost-budget-spent',
  title: 'A cost budget is spent',
  severity: 'ticket',
  why: 'The money is gone whoever wakes up; what still runs away pages by its pace.',
  minimumMs: 0,
  everyMinutes: 10,
  find: async ({ warehouse, at, costs }) => {
    const findings: Finding[] = [];
    for (const budget of costs.settings.budgets) {
      const { from, to } = cycleOf(at, costs.settings.cycleDay);
      const limit = decimal(budget.usdPerMonth);
      const spent = await readSpent(warehouse, budget, { from, to: at }, costs);
      if (compare(spent, limit) <= 0) continue;
      findings.push({
        scope: budget.name,
        labels: budgetLabels(budget),
        verdict: 'reached',
        title: `The cost budget ${budget.name} is spent`,
        summary: `${usdText(spent)} of ${usdText(limit)} since ${from.toISOString().slice(0, 10)}; the cycle lasts until ${to.toISOString().slice(0, 10)}.`,
        facts: [
          { label: 'Spent', value: usdText(spent) },
          { label: 'Over by', value: usdText(subtract(spent, limit)) },
        ],
        startedAt: null,
      });
    }
    return findings;
  },
};
