import type { CostDeps } from '../../query/cost/cost-deps.js';
import { decimal, type Rational, sum, zero } from '../../query/cost/exact/rational.js';
import { readBudgets } from '../../query/cost/read-budgets.js';
import { readCost } from '../../query/cost/read-cost.js';
import { noFilter } from '../../query/cost/store/usage-sql.js';
import type { CostAnswer } from '../../schemas/cost/attribution.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { CostedFunction, CostReport } from './cost-report.js';

type Asked = { from: Date; to: Date; teams: readonly string[] | null; now: Date };
type Row = CostAnswer['rows'][number];

/** What functions cost within [from, to) and in as long a time before it; those of some teams, or all. */
export async function readCostReport(
  warehouse: TenantWarehouse,
  { from, to, teams, now }: Asked,
  costs: CostDeps,
): Promise<Omit<CostReport, 'viewUrl'>> {
  const ask = { tagKey: '', basis: 'list' as const, filter: noFilter };
  const earlier = new Date(2 * from.getTime() - to.getTime());
  const here = await readCost(
    warehouse,
    { ...ask, from, to, groupBy: ['team', 'function', 'day'] },
    costs,
    now,
  );
  const then = await readCost(
    warehouse,
    { ...ask, from: earlier, to: from, groupBy: ['team', 'function'] },
    costs,
    now,
  );
  const isAsked = ({ labels }: Row) => teams === null || teams.includes(labels['team'] ?? '');
  const rows = here.rows.filter(isAsked);
  const budgets = await readBudgets(warehouse, costs, now);
  return {
    fromMs: from.getTime(),
    untilMs: to.getTime(),
    functions: functionsOf(rows, then.rows.filter(isAsked)),
    days: daysOf(rows),
    budgets: budgets.filter(({ team }) => teams === null || (team !== null && teams.includes(team))),
    unpriced: teams === null ? here.unpricedInvocations : 0,
  };
}

function functionsOf(rows: readonly Row[], earlier: readonly Row[]): CostedFunction[] {
  const found = new Map<string, CostedFunction>();
  const add = ({ labels, costUsd }: Row, part: 'cost' | 'before') => {
    const { function: name = '', team = '' } = labels;
    const key = JSON.stringify([name, team]);
    const one = found.get(key) ?? { function: name, team, cost: zero, before: zero };
    found.set(key, { ...one, [part]: sum([one[part], decimal(costUsd)]) });
  };
  for (const row of rows) add(row, 'cost');
  for (const row of earlier) add(row, 'before');
  return [...found.values()];
}

function daysOf(rows: readonly Row[]): Rational[] {
  const days = new Map<string, Rational>();
  for (const { labels, costUsd } of rows) {
    const day = labels['day'] ?? '';
    days.set(day, sum([days.get(day) ?? zero, decimal(costUsd)]));
  }
  return [...days].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, cost]) => cost);
}
