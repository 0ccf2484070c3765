import { z } from 'zod';
import { ImpactList } from '../../schemas/impact.js';
import { Problem } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { maxWindowMs } from '../functions/window-of.js';
import { impactOf } from '../impact/impact-of.js';
import { readLost, readToldValues } from '../impact/read-lost.js';
import { noBusiness, runValues } from '../impact/run-value.js';
import { askedWindow, filterQuery, windowQuery } from './asked-window.js';
import type { ReadDeps } from './read-deps.js';

const Query = z.object({
  ...windowQuery,
  environment: filterQuery('environment'),
  team: filterQuery('team'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .meta({ description: 'Most functions to list' }),
});

export function impactRoutes({ now, openTenant, business = noBusiness }: ReadDeps): ZodPlugin {
  const { valueAttribute } = business;
  const values = runValues(business);
  return async (app) => {
    const schema = { querystring: Query, response: { 200: ImpactList, 400: Problem, 422: Problem } };
    const config = { needs: 'viewer', summary: 'What failed for good, and what it was worth' } as const;
    app.get('/api/v1/impact', { schema, config }, async ({ query, access }) => {
      const { environment = null, team = null, limit } = query;
      const { from, to } = askedWindow(query, now(), maxWindowMs);
      const warehouse = openTenant(access);
      const question = { from, to, environment, team };
      const [lost, told] = await Promise.all([
        readLost(warehouse, question),
        valueAttribute === null ? [] : readToldValues(warehouse, { ...question, attribute: valueAttribute }),
      ]);
      const { functions, totalUsd } = impactOf(lost, told, values);
      return {
        from: from.toISOString(),
        to: to.toISOString(),
        isValued: values.isValued,
        valueAttribute,
        totalUsd,
        functions: functions.slice(0, limit),
        truncated: functions.length > limit,
      };
    });
  };
}
