import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { CostDeps } from './cost-deps.js';
import { decimalText } from './exact/decimal-text.js';
import { decimal, sum } from './exact/rational.js';
import { readCost } from './read-cost.js';
import type { CostPeriod } from './report/period-words.js';
import { noFilter } from './store/usage-sql.js';

/** List cost of a period by team and function, of some teams or all, beside that of the time before. */
export async function readCostPeriod(
  warehouse: TenantWarehouse,
  { from, to, teams }: { from: Date; to: Date; teams: readonly string[] | null },
  deps: CostDeps,
  now: Date,
): Promise<CostPeriod> {
  const groupBy = ['team', 'function'] as const;
  const ask = async (window: { from: Date; to: Date }) => {
    const question = { ...window, groupBy, tagKey: '', basis: 'list' as const, filter: noFilter };
    const answer = await readCost(warehouse, question, deps, now);
    if (teams === null) return answer;
    const rows = answer.rows.filter(({ labels }) => teams.includes(labels['team'] ?? ''));
    const invocations = rows.reduce((total, row) => total + row.invocations, 0);
    return {
      ...answer,
      rows,
      invocations,
      totalUsd: decimalText(sum(rows.map((row) => decimal(row.costUsd)))),
    };
  };
  const answer = await ask({ from, to });
  const before = await ask({ from: new Date(2 * from.getTime() - to.getTime()), to: from });
  return { answer, beforeUsd: before.totalUsd };
}
