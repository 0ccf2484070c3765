import type { ListedBudget } from '../../../../schemas/slo/budget-list.js';
import type { BudgetStatus } from './slo-words.js';

export type BudgetRow = ListedBudget & {
  /** What was left a day ago; null when that is not known. */
  beforeRatio: number | null;
};

const rank: Readonly<Record<BudgetStatus, number>> = {
  broken: 0,
  exhausted: 1,
  burning: 2,
  'telemetry-lost': 3,
  ok: 4,
  idle: 5,
};

/** What must be looked at first: by status, then by what is left, then by name, so rows hold still. */
export function budgetRows(
  now: readonly ListedBudget[],
  before: readonly ListedBudget[],
  keep: { text: string; owner: string | null; status: BudgetStatus | null },
): BudgetRow[] {
  const earlier = new Map(before.map((one) => [keyOf(one), one.remainingRatio]));
  const words = keep.text.toLowerCase().split(/\s+/).filter(Boolean);
  return now
    .filter(({ title, id, scope, owner, status }) => {
      if (keep.owner !== null && (owner ?? '') !== keep.owner) return false;
      if (keep.status !== null && status !== keep.status) return false;
      const haystack = [title, id, scope, owner ?? ''].join(' ').toLowerCase();
      return words.every((word) => haystack.includes(word));
    })
    .map((one) => ({ ...one, beforeRatio: earlier.get(keyOf(one)) ?? null }))
    .sort(
      (one, other) =>
        Math.min(rank[one.status], 4) - Math.min(rank[other.status], 4) ||
        (one.remainingRatio ?? 2) - (other.remainingRatio ?? 2) ||
        (keyOf(one) < keyOf(other) ? -1 : 1),
    );
}

export function keyOf({ id, scope }: Pick<ListedBudget, 'id' | 'scope'>): string {
  return JSON.stringify([id, scope]);
}

export type BudgetSummary = {
  known: number;
  counts: Readonly<Record<BudgetStatus, number>>;
  /** The one with the least left. */
  least: BudgetRow | null;
};

export function summarizeBudgets(rows: readonly BudgetRow[]): BudgetSummary {
  const counts: Record<BudgetStatus, number> = {
    broken: 0,
    exhausted: 0,
    burning: 0,
    'telemetry-lost': 0,
    ok: 0,
    idle: 0,
  };
  let least: BudgetRow | null = null;
  for (const row of rows) {
    counts[row.status] += 1;
    if (row.remainingRatio === null) continue;
    if (least === null || row.remainingRatio < (least.remainingRatio ?? 2)) least = row;
  }
  return { known: rows.length, counts, least };
}
