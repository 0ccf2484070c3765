import { attribute } from '../../query/cost/attribution/attribute.js';
import { functionSettings } from '../../query/cost/attribution/row-lines.js';
import type { CostDeps } from '../../query/cost/cost-deps.js';
import { decimal, type Rational } from '../../query/cost/exact/rational.js';
import { loadUsage } from '../../query/cost/read-cost.js';
import { noFilter } from '../../query/cost/store/usage-sql.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';

/** A budget of the configuration. */
export type CostBudget = CostDeps['settings']['budgets'][number];

/** What the part of usage a budget is about cost in [from, to), at list prices. */
export async function readSpent(
  warehouse: TenantWarehouse,
  { team, environment, function: name }: CostBudget,
  window: { from: Date; to: Date },
  costs: CostDeps,
): Promise<Rational> {
  const filter = {
    ...noFilter,
    team: team ?? null,
    environment: environment ?? null,
    function: name ?? null,
  };
  const question = { ...window, groupBy: [], tagKey: '', basis: 'list' as const, filter };
  const loaded = await loadUsage(warehouse, question, costs, window.to);
  const settingsOf = functionSettings(costs.settings);
  const { totalUsd } = attribute({ ...loaded, groupBy: [], shared: [], settingsOf, basis: 'list' });
  return decimal(totalUsd);
}

/** Labels that notices are routed by. */
export function budgetLabels({ team, environment, function: name }: CostBudget) {
  return {
    ...(team === undefined ? {} : { team, owner: team }),
    ...(environment === undefined ? {} : { environment }),
    ...(name === undefined ? {} : { function: name }),
  };
}
