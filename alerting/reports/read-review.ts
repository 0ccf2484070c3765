import { z } from 'zod';
import { ratioOf } from '../../schemas/slo/percent.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { nothing, type Sum } from '../budget/budget.js';
import { currentCorrections } from '../corrections/fold-corrections.js';
import { readCorrections } from '../corrections/read-corrections.js';
import { foldVersions } from '../definitions/fold-versions.js';
import { readVersions } from '../definitions/read-versions.js';
import { readBudgets } from '../reading/read-budgets.js';
import { readWindowSums } from '../reading/read-window-sums.js';
import type { ReviewedSlo } from './slo-review.js';

// An incident counts with what it was worst.
const TOLD = `
  SELECT JSONExtractString(body, 'sloId') AS slo, JSONExtractString(body, 'scope') AS scope,
    uniqExactIf(incident, JSONExtractString(body, 'severity') = 'page') AS pages, uniqExact(incident) AS all
  FROM incident_events
  WHERE tenant = {tenant: String} AND kind IN ('fired', 'reopened', 'escalated')
    AND at >= {from: DateTime64(3, 'UTC')} AND at < {to: DateTime64(3, 'UTC')}
  GROUP BY slo, scope` as const;

const Told = z.object({
  slo: z.string(),
  scope: z.string(),
  pages: z.coerce.number(),
  all: z.coerce.number(),
});

const dayMs = 86_400_000;

/** How the objectives of a tenant did within [from, to); those of some teams, or all. */
export async function readReview(
  warehouse: TenantWarehouse,
  { from, to, teams, now }: { from: Date; to: Date; teams: readonly string[] | null; now: Date },
): Promise<ReviewedSlo[]> {
  const { current } = foldVersions(await readVersions(warehouse, null));
  const slos = current.filter(
    ({ definition: { owner, where } }) =>
      teams === null ||
      teams.includes(owner ?? '') ||
      (where.team?.some((team) => teams.includes(team)) ?? false),
  );
  if (slos.length === 0) return [];
  // Sums from each day on to the end, so what lies between two of them is that day, whatever corrections take out.
  const starts: Date[] = [];
  for (let ms = from.getTime(); ms < to.getTime(); ms += dayMs) starts.push(new Date(ms));
  const corrections = currentCorrections(await readCorrections(warehouse, null));
  const sums = await readWindowSums(warehouse, { slos, starts, end: to, now, corrections });
  const told = await warehouse.query(TOLD, { from, to }, Told);
  const budgets = await readBudgets(warehouse, slos, to, now);
  return budgets.map(({ slo, scope, budget }): ReviewedSlo => {
    const found = sums.find((one) => one.slo.id === slo.id && one.scope === scope);
    const days = starts.map((_, at) => dayOf(found?.sums[at] ?? nothing, found?.sums[at + 1] ?? nothing));
    const { good, total } = found?.sums[0] ?? nothing;
    const incidents = told.find((one) => one.slo === slo.id && one.scope === scope);
    return {
      title: slo.definition.title,
      scope,
      objective: ratioOf(slo.definition.objective),
      good,
      total,
      remainingRatio: budget.remainingRatio,
      pages: incidents?.pages ?? 0,
      tickets: (incidents?.all ?? 0) - (incidents?.pages ?? 0),
      days,
    };
  });
}

function dayOf(since: Sum, after: Sum): Sum {
  return { good: Math.max(0, since.good - after.good), total: Math.max(0, since.total - after.total) };
}
