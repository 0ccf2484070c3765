import type { BudgetRow } from '../../schemas/cost/forecast.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import type { CostDeps } from './cost-deps.js';
import { decimalText, scaled } from './exact/decimal-text.js';
import { compare, decimal, divide, type Rational, rational, subtract } from './exact/rational.js';
import { type CycleForecast, readForecast } from './read-forecast.js';
import { noFilter } from './store/usage-sql.js';

/** How each configured budget stands now and will at the end of the cycle. */
export async function readBudgets(
  warehouse: TenantWarehouse,
  deps: CostDeps,
  now: Date,
  options?: StatementOptions,
): Promise<BudgetRow[]> {
  return await Promise.all(
    deps.settings.budgets.map(
      async ({ name, team = null, environment = null, function: of = null, usdPerMonth }) => {
        const filter = { ...noFilter, team, environment, function: of };
        const made = await readForecast(warehouse, filter, deps, now, options);
        return { name, team, environment, function: of, ...standing(decimal(usdPerMonth), made, now) };
      },
    ),
  );
}

function standing(limit: Rational, made: CycleForecast, now: Date) {
  const { cycle, spent, total, low, high } = made;
  const elapsed = rational(
    BigInt(now.getTime() - cycle.from.getTime()),
    BigInt(cycle.to.getTime() - cycle.from.getTime()),
  );
  const isOver = compare(spent, limit) > 0;
  const isAtRisk = total !== null && compare(total, limit) > 0;
  return {
    limitUsd: decimalText(limit),
    spentUsd: decimalText(spent),
    remainingUsd: decimalText(subtract(limit, spent)),
    spentRatio: ratioOf(spent, limit) ?? 0,
    paceRatio: elapsed.n === 0n ? null : ratioOf(spent, { n: limit.n * elapsed.n, d: limit.d * elapsed.d }),
    forecastUsd: total === null ? null : decimalText(total),
    lowUsd: low === null ? null : decimalText(low),
    highUsd: high === null ? null : decimalText(high),
    endsAt: isOver || !isAtRisk ? null : endsAt(limit, made, now),
    status: isOver ? ('over' as const) : isAtRisk ? ('at risk' as const) : ('ok' as const),
  };
}

/** When the rest of the budget is spent, if what is ahead of the cycle is spent evenly. */
function endsAt(limit: Rational, { cycle, spent, total }: CycleForecast, now: Date): string | null {
  if (total === null) return null;
  const share = divide(subtract(limit, spent), subtract(total, spent));
  const leftMs = cycle.to.getTime() - now.getTime();
  return new Date(now.getTime() + Number((share.n * BigInt(leftMs)) / share.d)).toISOString();
}

function ratioOf(a: Rational, b: Rational): number | null {
  return b.n === 0n ? null : Number(scaled(divide(a, b), 6)) / 1e6;
}
