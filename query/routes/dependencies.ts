import { z } from 'zod';
import type { Access } from '../../schemas/access.js';
import { DependencyList, PeerKind } from '../../schemas/dependencies.js';
import { Instant } from '../../schemas/instant.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { joinFlows } from '../dependencies/join-flows.js';
import { readDependencies } from '../dependencies/read-dependencies.js';
import { maxWindowMs, windowOf } from '../functions/window-of.js';
import { wholeMinutes } from '../minutes/minute-window.js';

export type DependenciesRouteDeps = {
  now: () => Date;
  openTenant: (access: Access) => TenantWarehouse;
};

const name = (description: string) => z.string().max(500).optional().meta({ description });

const Query = z.object({
  from: Instant.optional(),
  to: Instant.optional(),
  windowMs: z.coerce.number().int().positive().max(maxWindowMs).optional().meta({
    description: 'Instead of from: length of the window that ends at to',
  }),
  function: name('Only calls of this function, and what starts it'),
  environment: name('Only this environment'),
  peer: name('Only calls of this peer, whoever makes them'),
  peerKind: PeerKind.optional().meta({ description: 'Only peers of this kind' }),
  limit: z.coerce.number().int().min(1).max(5000).default(1000).meta({ description: 'Most edges to list' }),
});

export function dependenciesRoutes({ now, openTenant }: DependenciesRouteDeps): ZodPlugin {
  return async (app) => {
    const schema = { querystring: Query, response: { 200: DependencyList, 400: Problem, 422: Problem } };
    const config = {
      needs: 'viewer',
      summary: 'What functions call, and which function leads to which',
    } as const;
    app.get('/api/v1/dependencies', { schema, config }, async ({ query, access }) => {
      const window = windowOf(query, now());
      if (window.kind === 'refused') throw new ProblemError('BAD_REQUEST', window.reason);
      const { from, to } = wholeMinutes(window);
      const { edges, truncated } = await readDependencies(openTenant(access), {
        from,
        to,
        function: query.function ?? null,
        environment: query.environment ?? null,
        peer: query.peer ?? null,
        peerKind: query.peerKind ?? null,
        limit: query.limit,
      });
      return { from: from.toISOString(), to: to.toISOString(), edges, flows: joinFlows(edges), truncated };
    });
  };
}
