import { z } from 'zod';
import type { Access } from '../../schemas/access.js';
import { GateAnswer } from '../../schemas/alerting/gate-answer.js';
import { Problem } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { decideGate, type VersionReading } from '../gate/decide-gate.js';
import { readBurnsOf } from '../gate/read-burns-of.js';
import { readComparison } from '../gate/read-comparison.js';

export type GateRouteDeps = { now: () => Date; openTenant: (access: Access) => TenantWarehouse };

/** Whether a release of a function may go on. */
export function gateRoutes({ now, openTenant }: GateRouteDeps): ZodPlugin {
  return async (app) => {
    app.get(
      '/api/v1/gate',
      {
        config: {
          needs: 'viewer',
          summary: 'Whether a release may go on: budgets, and the new version against the other',
        },
        schema: {
          querystring: z.object({
            function: z.string().min(1).max(500),
            version: z
              .string()
              .min(1)
              .max(500)
              .optional()
              .meta({ description: 'Left out: the one that first ran last' }),
            environment: z
              .string()
              .min(1)
              .max(500)
              .optional()
              .meta({ description: 'Left out: all of them together' }),
            tooFew: z
              .enum(['go', 'hold'])
              .default('go')
              .meta({ description: 'What too few runs to judge come to' }),
          }),
          response: { 200: GateAnswer, 400: Problem, 422: Problem },
        },
      },
      async ({ query, access }) => {
        const warehouse = openTenant(access);
        const at = now();
        const { function: name, environment = null, version = null, tooFew } = query;
        const readings = await readBurnsOf(warehouse, { function: name, environment, now: at });
        const comparison = await readComparison(warehouse, { function: name, environment, version, now: at });
        const shown = ({ bad, total }: VersionReading) => ({ bad, total });
        return {
          ...decideGate({ readings, comparison, tooFew }),
          function: name,
          version: typeof comparison === 'string' ? version : comparison.version,
          at: at.toISOString(),
          comparison:
            typeof comparison === 'string'
              ? null
              : {
                  basis: comparison.basis,
                  candidate: shown(comparison.candidate),
                  running: shown(comparison.running),
                },
        };
      },
    );
  };
}
