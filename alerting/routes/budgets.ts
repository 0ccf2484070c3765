import { z } from 'zod';
import { formatDuration } from '../../schemas/config/duration.js';
import { Instant } from '../../schemas/instant.js';
import { Problem } from '../../schemas/problem.js';
import { BudgetList, type ListedBudget } from '../../schemas/slo/budget-list.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { foldVersions } from '../definitions/fold-versions.js';
import { readVersions } from '../definitions/read-versions.js';
import { readBudgets, type ScopedBudget, worstFirst } from '../reading/read-budgets.js';
import type { BudgetRouteDeps } from './budget.js';

/** What is left of every budget, the worst off first: one call for a page of all objectives. */
export function budgetsRoutes({ now, openTenant }: BudgetRouteDeps): ZodPlugin {
  return async (app) => {
    app.get(
      '/api/v1/budgets',
      {
        config: { needs: 'viewer', summary: 'What is left of every error budget, worst off first' },
        schema: {
          querystring: z.object({
            at: Instant.optional().meta({ description: 'As of this instant; left out: now' }),
            agoMs: z.coerce
              .number()
              .int()
              .nonnegative()
              .max(95 * 86_400_000)
              .default(0)
              .meta({
                description: 'Without at: so long before now. Spares callers their own clock',
              }),
            limit: z.coerce.number().int().min(1).max(5_000).default(1_000),
          }),
          response: { 200: BudgetList, 400: Problem },
        },
      },
      async ({ query: { at, agoMs, limit }, access }) => {
        const tenant = openTenant(access);
        const asOf = at ?? new Date(now().getTime() - agoMs);
        const { current } = foldVersions(await readVersions(tenant, null));
        const all = current.length === 0 ? [] : worstFirst(await readBudgets(tenant, current, asOf, now()));
        return {
          at: asOf.toISOString(),
          budgets: all.slice(0, limit).map(listed),
          truncated: all.length > limit,
        };
      },
    );
  };
}

function listed({ slo: { id, definition }, scope, from, to, budget }: ScopedBudget): ListedBudget {
  const { burn, ...rest } = budget;
  return {
    ...rest,
    id,
    title: definition.title,
    owner: definition.owner ?? null,
    scope,
    window: { from: from.toISOString(), to: to.toISOString() },
    burn: burn.map(({ windowMs, rate }) => ({ window: formatDuration(windowMs), windowMs, rate })),
  };
}
