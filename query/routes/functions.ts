import { z } from 'zod';
import type { Access } from '../../schemas/access.js';
import type { BusinessSettings } from '../../schemas/config/business.js';
import { FunctionList } from '../../schemas/functions.js';
import { Instant } from '../../schemas/instant.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { CostDeps } from '../cost/cost-deps.js';
import { functionCostKey, readFunctionCosts } from '../cost/read-function-costs.js';
import { readEverSeen } from '../functions/read-ever-seen.js';
import { readFacets } from '../functions/read-facets.js';
import { readFunctions } from '../functions/read-functions.js';
import { longWindowMs, windowOf } from '../functions/window-of.js';
import { noBusiness, runValues } from '../impact/run-value.js';

export type FunctionsRouteDeps = {
  now: () => Date;
  openTenant: (access: Access) => TenantWarehouse;
  /** Prices; without them nothing is said of cost. */
  costs?: CostDeps;
  business?: BusinessSettings;
};

const Query = z.object({
  from: Instant.optional(),
  to: Instant.optional(),
  windowMs: z.coerce.number().int().positive().max(longWindowMs).optional().meta({
    description: 'Instead of from: length of the window that ends at to. Spares callers their own clock',
  }),
  environment: z.string().max(500).optional().meta({ description: 'Only this environment' }),
  team: z.string().max(500).optional().meta({ description: 'Only this team' }),
  costs: z.enum(['true', 'false']).default('true').meta({
    description: 'false leaves out what each costs: of thousands of functions, half of the work',
  }),
  limit: z.coerce.number().int().min(1).max(10_000).default(5000).meta({
    description: 'Most functions to list; `truncated` says when there are more',
  }),
});

export function functionsRoutes({
  now,
  openTenant,
  costs,
  business = noBusiness,
}: FunctionsRouteDeps): ZodPlugin {
  const { isCritical } = runValues(business);
  return async (app) => {
    const schema = { querystring: Query, response: { 200: FunctionList, 400: Problem, 422: Problem } };
    const config = {
      needs: 'viewer',
      summary: 'Functions with their counts and percentiles in a window',
    } as const;
    app.get('/api/v1/functions', { schema, config }, async ({ query, access }) => {
      const { environment = null, team = null, limit } = query;
      const at = now();
      const window = windowOf(query, at, longWindowMs);
      if (window.kind === 'refused') throw new ProblemError('BAD_REQUEST', window.reason);
      const { from, to } = window;
      const warehouse = openTenant(access);
      const [list, facets, costOf] = await Promise.all([
        readFunctions(warehouse, { from, to, environment, team, limit }, at),
        readFacets(warehouse, { from, to }, at),
        costs === undefined
          ? new Map()
          : query.costs === 'false'
            ? null
            : readFunctionCosts(warehouse, { from, to, environment, team }, costs, at),
      ]);
      const everSeen = list.functions.length > 0 || (await readEverSeen(warehouse));
      const functions = list.functions.map((row) => ({
        ...row,
        ...costOf?.get(functionCostKey(row)),
        isCritical: isCritical(row.function, row.environment),
      }));
      return {
        ...list,
        functions,
        from: list.from.toISOString(),
        to: list.to.toISOString(),
        ...facets,
        everSeen,
        costLeftOut: costOf === null,
      };
    });
  };
}
