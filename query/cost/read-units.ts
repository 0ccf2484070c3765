import type { CostSettings } from '../../schemas/config/cost.js';
import type { CostUnitRow, CostUnits } from '../../schemas/cost/units.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { windowParts } from '../window/window-parts.js';
import type { CostDeps } from './cost-deps.js';
import { decimalText } from './exact/decimal-text.js';
import { add, decimal, divide, multiply, type Rational, rational, zero } from './exact/rational.js';
import { loadUsage, readCost } from './read-cost.js';
import { countCustomers, countMetric } from './store/read-unit-counts.js';
import { noFilter, type UsageFilter } from './store/usage-sql.js';

type Unit = CostSettings['units'][number];

/** List cost for one of what a business counts: successful runs, customers, and what the configuration names. */
export async function readUnits(
  warehouse: TenantWarehouse,
  window: { from: Date; to: Date },
  deps: CostDeps,
  now: Date,
  options?: StatementOptions,
): Promise<CostUnits> {
  const parts = windowParts(window, now);
  const { from, to } = parts;
  const asked = { from, to, groupBy: [], tagKey: '', basis: 'list' as const };
  const costOf = async (filter: UsageFilter) =>
    await readCost(warehouse, { ...asked, filter }, deps, now, options);
  const goodOf = async (filter: UsageFilter) => {
    const { usage } = await loadUsage(warehouse, { ...asked, filter }, deps, now, options);
    return usage.reduce(
      (sum, { good, weight }) => add(sum, multiply(rational(good), decimal(String(weight)))),
      zero,
    );
  };
  const [all, good, customers] = await Promise.all([
    costOf(noFilter),
    goodOf(noFilter),
    countCustomers(warehouse, { from, to }, options),
  ]);
  const rowOf = async (unit: Unit): Promise<CostUnitRow> => {
    const { team = null, environment = null, function: name = null } = unit.costOf;
    // The same figure for all that asks for all, though runs come in between.
    const isAll = team === null && environment === null && name === null;
    const { totalUsd } = isAll ? all : await costOf({ ...noFilter, team, environment, function: name });
    return unitRow(unit.name, countedBy(unit), await countOf(unit), totalUsd);
  };
  const countOf = async (unit: Unit): Promise<Rational | null> => {
    const { function: name = null, metric, environment = null } = unit;
    if (metric === undefined) return await goodOf({ ...noFilter, function: name, environment });
    const count = await countMetric(warehouse, { from, to, metric, environment }, options);
    return count === null ? null : decimal(count);
  };
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    units: [
      unitRow('successful run', 'runs that ended ok', good, all.totalUsd),
      unitRow('customer', 'different customers that runs name', decimal(customers), all.totalUsd),
      ...(await Promise.all(deps.settings.units.map(rowOf))),
    ],
    priceBook: all.priceBook,
    notes: all.notes,
  };
}

function countedBy({ function: name, metric }: Unit): string {
  return metric === undefined ? `successful runs of ${name ?? ''}` : `the counter ${metric}`;
}

function unitRow(name: string, counted: string, count: Rational | null, costUsd: string): CostUnitRow {
  return {
    name,
    countedBy: counted,
    count: count === null ? null : decimalText(count),
    costUsd,
    costPerUnitUsd: count === null || count.n <= 0n ? null : decimalText(divide(decimal(costUsd), count)),
  };
}
