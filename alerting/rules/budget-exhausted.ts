import { labelsOf } from '../decide/describe-burn.js';
import { foldVersions } from '../definitions/fold-versions.js';
import { readVersions } from '../definitions/read-versions.js';
import { readBudgets } from '../reading/read-budgets.js';
import type { Rule } from './rule.js';
import { percent } from './shares.js';

const fewestBad = 2;

export const budgetExhausted: Rule = {
  id: 'budget-exhausted',
  title: 'The error budget is spent',
  severity: 'ticket',
  why: 'Nobody can give it back at night; what still burns pages by its rate.',
  minimumMs: 0,
  everyMinutes: 10,
  find: async ({ warehouse, at }) => {
    const { current } = foldVersions(await readVersions(warehouse, null));
    if (current.length === 0) return [];
    const budgets = await readBudgets(warehouse, current, at, at);
    return budgets.flatMap(({ slo, scope, budget: { remainingRatio, bad, total } }) => {
      if (remainingRatio === null || remainingRatio > 0) return [];
      return [
        {
          sloId: slo.id,
          scope,
          labels: labelsOf(slo.definition, scope),
          verdict: bad >= fewestBad ? ('reached' as const) : ('held' as const),
          title: `${slo.definition.title}${scope === '' ? '' : ` of ${scope}`}: the error budget is spent`,
          summary: `${bad.toLocaleString('en')} of ${total.toLocaleString('en')} events of the period failed; ${percent(-remainingRatio)} more than the budget is gone.`,
          facts: [{ label: 'Budget left', value: percent(remainingRatio) }],
          startedAt: null,
        },
      ];
    });
  },
};
