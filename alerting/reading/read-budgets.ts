import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { type Budget, budgetOf, burnWindows, nothing, type Sum } from '../budget/budget.js';
import { periodStart } from '../budget/period-start.js';
import { currentCorrections } from '../corrections/fold-corrections.js';
import { readCorrections } from '../corrections/read-corrections.js';
import type { CurrentSlo } from '../definitions/fold-versions.js';
import { readLostTelemetry } from './read-lost-telemetry.js';
import { readWindowSums, type WindowSums } from './read-window-sums.js';

const minuteMs = 60_000;

/** `raw` is the same period with the time that corrections take out. */
export type ScopedBudget = { slo: CurrentSlo; scope: string; from: Date; to: Date; budget: Budget; raw: Sum };

/**
 * Budgets of some objectives of a tenant at one instant, one for each scope, with one question to the ledger. What was spent
 * is told for the windows in `spentOver`; each costs the minutes of an hour of every objective asked for.
 */
export async function readBudgets(
  warehouse: TenantWarehouse,
  slos: readonly CurrentSlo[],
  at: Date,
  now: Date,
  spentOver: readonly number[] = [],
): Promise<ScopedBudget[]> {
  const end = new Date(Math.floor(at.getTime() / minuteMs) * minuteMs);
  const fromOf = new Map(slos.map((slo) => [slo, periodStart(slo.definition.period, end)]));
  const starts = new Set<number>();
  const spentFrom = (from: Date, windowMs: number) => Math.max(from.getTime(), end.getTime() - windowMs);
  for (const [slo, from] of fromOf) {
    starts.add(from.getTime());
    for (const windowMs of burnWindows(slo.definition)) starts.add(end.getTime() - windowMs);
    for (const windowMs of spentOver) starts.add(spentFrom(from, windowMs));
  }
  const order = [...starts];
  const [rows, isLost] = await Promise.all([
    readWindowSums(warehouse, {
      slos,
      starts: order.map((ms) => new Date(ms)),
      end,
      now,
      corrections: readCorrections(warehouse, null).then(currentCorrections),
    }),
    readLostTelemetry(warehouse, at, now),
  ]);
  const bySlo = new Map<CurrentSlo, WindowSums[]>();
  for (const row of rows) {
    const list = bySlo.get(row.slo);
    if (list === undefined) bySlo.set(row.slo, [row]);
    else list.push(row);
  }
  const indexOf = new Map(order.map((ms, index) => [ms, index]));
  const sumFrom = (sums: readonly Sum[], ms: number) => sums[indexOf.get(ms) ?? -1] ?? nothing;
  return slos.flatMap((slo) => {
    const from = fromOf.get(slo) ?? end;
    const scopes = bySlo.get(slo) ?? [{ scope: '', sums: [], raw: [] }];
    return scopes.map(({ scope, sums, raw }): ScopedBudget => {
      const windows = burnWindows(slo.definition).map(
        (ms) => [ms, sumFrom(sums, end.getTime() - ms)] as const,
      );
      const spent = spentOver.map((ms) => [ms, sumFrom(sums, spentFrom(from, ms))] as const);
      const lost = isLost(slo, scope);
      const budget = budgetOf({
        definition: slo.definition,
        period: sumFrom(sums, from.getTime()),
        windows: new Map(windows),
        spent: new Map(spent),
        isArriving: lost === null ? null : !lost,
      });
      return { slo, scope, from, to: end, budget, raw: sumFrom(raw, from.getTime()) };
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
