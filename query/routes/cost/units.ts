import { z } from 'zod';
import { CostRules } from '../../../schemas/cost/rules.js';
import { TelemetryCost } from '../../../schemas/cost/telemetry.js';
import { TraceCost } from '../../../schemas/cost/trace-cost.js';
import { CostUnits } from '../../../schemas/cost/units.js';
import { Problem, ProblemError } from '../../../schemas/problem.js';
import type { ZodPlugin } from '../../../schemas/zod-http.js';
import { readTelemetryCost } from '../../cost/read-telemetry-cost.js';
import { readTraceCost } from '../../cost/read-trace-cost.js';
import { readUnits } from '../../cost/read-units.js';
import { readRules } from '../../cost/rules/rule-log.js';
import { longWindowMs, maxWindowMs } from '../../functions/window-of.js';
import { askedWindow, windowQuery } from '../asked-window.js';
import type { CostRouteDeps } from './attribution.js';

const Query = z.object(windowQuery);
const Params = z.object({ traceId: z.string().regex(/^[0-9a-fA-F]{32}$/, '32 hex digits') });

/** What one order, one customer, one trace costs, and what telling of it does. */
export function unitRoutes({ now, openTenant, ...deps }: CostRouteDeps): ZodPlugin {
  return async (app) => {
    const config = (summary: string) => ({ needs: 'viewer', summary }) as const;
    app.get(
      '/api/v1/cost/units',
      {
        schema: { querystring: Query, response: { 200: CostUnits, 400: Problem, 422: Problem } },
        config: config('Cost for one successful run, one customer, and one of what cost.units names'),
      },
      async ({ query, access }) => {
        const at = now();
        return await readUnits(openTenant(access), askedWindow(query, at, longWindowMs), deps, at);
      },
    );
    app.get(
      '/api/v1/cost/rules',
      {
        schema: { response: { 200: CostRules, 422: Problem } },
        config: config('Which rules of cost a server ran with since when, and who changed what'),
      },
      async ({ access }) => await readRules(openTenant(access)),
    );
    app.get(
      '/api/v1/cost/telemetry',
      {
        schema: { querystring: Query, response: { 200: TelemetryCost, 400: Problem, 422: Problem } },
        config: config(
          'What telemetry costs at the prices of cost.telemetry, beside the functions it tells of',
        ),
      },
      async ({ query, access }) => {
        const at = now();
        return await readTelemetryCost(openTenant(access), askedWindow(query, at, maxWindowMs), deps, at);
      },
    );
    app.get(
      '/api/v1/cost/traces/:traceId',
      {
        schema: { params: Params, response: { 200: TraceCost, 400: Problem, 404: Problem, 422: Problem } },
        config: config('What the runs of one trace cost'),
      },
      async ({ params, access }) => {
        const cost = await readTraceCost(openTenant(access), params.traceId, deps, now());
        if (cost === null)
          throw new ProblemError('NOT_FOUND', `Nothing is stored of the trace ${params.traceId}.`);
        return cost;
      },
    );
  };
}
