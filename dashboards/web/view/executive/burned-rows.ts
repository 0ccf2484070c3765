import type { BudgetsAnswer, BudgetRow as CostBudget } from '../../../../schemas/cost/forecast.js';
import type { ListedBudget } from '../../../../schemas/slo/budget-list.js';

export type BurnedRow = {
  team: string;
  /** Bad events over all that were allowed, of every objective of the team added up; null without any. */
  errorRatio: number | null;
  /** Money spent over the budget of the team; null without one. */
  moneyRatio: number | null;
};

type Objective = Pick<ListedBudget, 'owner' | 'bad' | 'badAllowed'>;
type Money = Pick<CostBudget, 'team' | 'environment' | 'function' | 'spentRatio'>;

/** How much of what was allowed each team has burned: of its error budgets, and of its money. Whoever burned most is first. */
export function burnedRows(
  objectives: readonly Objective[],
  budgets: readonly Money[],
  team: string | null,
): BurnedRow[] {
  const sums = new Map<string, { bad: number; allowed: number }>();
  for (const { owner, bad, badAllowed } of objectives) {
    if (badAllowed <= 0) continue;
    const sum = sums.get(owner ?? '') ?? { bad: 0, allowed: 0 };
    sums.set(owner ?? '', { bad: sum.bad + bad, allowed: sum.allowed + badAllowed });
  }
  // A budget for a part of what a team runs is not the money of the team.
  const money = new Map(
    budgets.flatMap((one) =>
      one.team === null || one.environment !== null || one.function !== null
        ? []
        : [[one.team, one.spentRatio] as const],
    ),
  );
  const most = ({ errorRatio, moneyRatio }: BurnedRow) => Math.max(errorRatio ?? 0, moneyRatio ?? 0);
  return [...new Set([...sums.keys(), ...money.keys()])]
    .filter((name) => team === null || name === team)
    .map((name) => {
      const sum = sums.get(name);
      return {
        team: name,
        errorRatio: sum === undefined ? null : sum.bad / sum.allowed,
        moneyRatio: money.get(name) ?? null,
      };
    })
    .sort((one, other) => most(other) - most(one) || (one.team < other.team ? -1 : 1));
}

/** How much of the billing cycle has passed. */
export function elapsedRatio({ cycle, at }: Pick<BudgetsAnswer, 'cycle' | 'at'>): number {
  const [from, to] = [Date.parse(cycle.from), Date.parse(cycle.to)];
  return Math.max(0, Math.min(1, (Date.parse(at) - from) / (to - from)));
}

/** Where the axis ends: whatever is allowed, or up to twice that where somebody burned more. */
export function axisEnd(rows: readonly BurnedRow[]): number {
  const most = Math.max(1, ...rows.flatMap((row) => [row.errorRatio ?? 0, row.moneyRatio ?? 0]));
  return most <= 1 ? 1 : Math.min(2, Math.ceil(most * 4) / 4);
}
