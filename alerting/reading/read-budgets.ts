import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { type Budget, budgetOf, burnWindows, nothing, type Sum } from '../budget/budget.js';
import { periodStart } from '../budget/period-start.js';
import type { CurrentSlo } from '../definitions/fold-versions.js';
import { readLastArrival } from './read-last-arrival.js';
import { readWindowSums } from './read-window-sums.js';

/** After so long without any telemetry it is taken for lost, not for idle functions. */
const lostAfterMs = 10 * 60_000;
const minuteMs = 60_000;

export type ScopedBudget = { slo: CurrentSlo; scope: string; from: Date; to: Date; budget: Budget };

/** Budgets of some objectives of a tenant at one instant, one for each scope, with one question to the ledger. */
export async function readBudgets(
  warehouse: TenantWarehouse,
  slos: readonly CurrentSlo[],
  at: Date,
  now: Date,
): Promise<ScopedBudget[]> {
  const end = new Date(Math.floor(at.getTime() / minuteMs) * minuteMs);
  const startOf = ({ definition: { period } }: CurrentSlo) => periodStart(period, end).getTime();
  const starts = new Set<number>();
  for (const slo of slos) {
    starts.add(startOf(slo));
    for (const windowMs of burnWindows(slo.definition)) starts.add(end.getTime() - windowMs);
  }
  const order = [...starts];
  const [only] = slos;
  const rows = await readWindowSums(warehouse, {
    slo: slos.length === 1 && only !== undefined ? only.id : null,
    starts: order.map((ms) => new Date(ms)),
    end,
    now,
  });
  const isCurrent = now.getTime() - at.getTime() < lostAfterMs;
  const lastArrival = isCurrent
    ? await readLastArrival(warehouse, new Date(now.getTime() - 86_400_000))
    : null;
  const isArriving = isCurrent
    ? lastArrival !== null && now.getTime() - lastArrival.getTime() < lostAfterMs
    : null;
  const series = new Map<string, { scope: string; sums: Sum[] }[]>();
  for (const { slo, shape, scope, sums } of rows) {
    const key = `${slo} ${shape}`;
    const list = series.get(key);
    if (list === undefined) series.set(key, [{ scope, sums }]);
    else list.push({ scope, sums });
  }
  return slos.flatMap((slo) => {
    const known = series.get(`${slo.id} ${slo.shape}`) ?? [];
    const scopes = known.length === 0 ? [{ scope: '', sums: [] }] : known;
    const from = new Date(startOf(slo));
    return scopes.map(({ scope, sums }): ScopedBudget => {
      const sumFrom = (ms: number) => sums[order.indexOf(ms)] ?? nothing;
      const windows = new Map(
        burnWindows(slo.definition).map((windowMs) => [windowMs, sumFrom(end.getTime() - windowMs)]),
      );
      const period = sumFrom(from.getTime());
      const budget = budgetOf({ definition: slo.definition, period, windows, isArriving });
      return { slo, scope, from, to: end, budget };
    });
  });
}

/** The scope that is worst off first: broken, then what has least left; what has nothing to tell last. */
export function worstFirst(budgets: readonly ScopedBudget[]): ScopedBudget[] {
  const rank = ({ budget: { status, remainingRatio } }: ScopedBudget) =>
    status === 'broken' ? -Number.MAX_VALUE : (remainingRatio ?? 2);
  const compare = (one: ScopedBudget, other: ScopedBudget) => {
    const [first, second] = [rank(one), rank(other)];
    if (first !== second) return first < second ? -1 : 1;
    return one.scope < other.scope ? -1 : 1;
  };
  return [...budgets].sort(compare);
}
