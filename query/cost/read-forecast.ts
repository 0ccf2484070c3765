import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { cycleOf } from './analysis/cycle.js';
import { cycleTotal, type DayCost, forecast } from './analysis/forecast.js';
import type { CostDeps } from './cost-deps.js';
import {
  add,
  decimal,
  fromNumber,
  multiply,
  type Rational,
  rational,
  subtract,
  sum,
  zero,
} from './exact/rational.js';
import { readCost } from './read-cost.js';
import type { UsageFilter } from './store/usage-sql.js';

const dayMs = 86_400_000;
const historyDays = 56;

export type CycleForecast = {
  cycle: { from: Date; to: Date };
  spent: Rational;
  total: Rational | null;
  low: Rational | null;
  high: Rational | null;
  backtest: { forecasts: number; meanErrorRatio: number; horizonDays: number } | null;
  days: { day: string; cost: Rational; isForecast: boolean }[];
};

/** What a cycle has cost so far and will have cost at its end, at list prices. */
export async function readForecast(
  warehouse: TenantWarehouse,
  filter: UsageFilter,
  deps: CostDeps,
  now: Date,
  options?: StatementOptions,
): Promise<CycleForecast> {
  const cycle = cycleOf(now, deps.settings.cycleDay);
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  const from = new Date(Math.min(cycle.from.getTime(), today - historyDays * dayMs));
  const question = { from, to: now, groupBy: ['day' as const], tagKey: '', basis: 'list' as const, filter };
  const { rows } = now <= from ? { rows: [] } : await readCost(warehouse, question, deps, now, options);
  const costs = new Map(rows.map(({ labels, costUsd }) => [labels['day'] ?? '', decimal(costUsd)]));
  const todayName = nameOf(today);
  const history = wholeDays(costs, today);
  const spent = sum(
    [...costs].filter(([day]) => day >= nameOf(cycle.from.getTime())).map(([, cost]) => cost),
  );
  const horizonDays = Math.round((cycle.to.getTime() - today) / dayMs) - 1;
  const made = forecast(history, horizonDays + 1);
  const past = [...costs].sort().map(([day, cost]) => ({ day, cost, isForecast: false }));
  if (made === null) return { cycle, spent, total: null, low: null, high: null, backtest: null, days: past };
  const [expectedToday = zero, ...rest] = made.days;
  const leftOfDay = rational(BigInt(today + dayMs - now.getTime()), BigInt(dayMs));
  const restOfToday = multiply(expectedToday, leftOfDay);
  const total = cycleTotal(spent, rest, restOfToday);
  const ahead = subtract(total, spent);
  const { spread } = made;
  const bound = (share: number) => add(spent, multiply(ahead, fromNumber(share)));
  return {
    cycle,
    spent,
    total,
    low: spread === null ? null : bound(spread.low),
    high: spread === null ? null : bound(spread.high),
    backtest: spread === null ? null : { ...spread, horizonDays: horizonDays + 1 },
    days: [
      ...past,
      ...rest.map((cost, index) => ({ day: nameOf(today + (index + 1) * dayMs), cost, isForecast: true })),
    ].filter(({ day }) => day >= nameOf(cycle.from.getTime()) || day < todayName),
  };
}

/** Every day from the first with any cost to yesterday; days on which nothing ran cost nothing. */
function wholeDays(costs: ReadonlyMap<string, Rational>, today: number): DayCost[] {
  const first = [...costs.keys()].sort().at(0);
  if (first === undefined) return [];
  // The first day is rarely whole.
  const days: DayCost[] = [];
  for (let at = Date.parse(first) + dayMs; at < today; at += dayMs)
    days.push({ day: nameOf(at), cost: costs.get(nameOf(at)) ?? zero });
  return days;
}

function nameOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
