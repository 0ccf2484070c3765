import { z } from 'zod';
import type { Access } from '../../schemas/access.js';
import { Instant } from '../../schemas/instant.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import type { QueueSettings } from '../../schemas/queue-settings.js';
import { QueueList } from '../../schemas/queues.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { maxWindowMs, windowOf } from '../functions/window-of.js';
import { assembleQueues } from '../queues/assemble-queues.js';
import { readQueueDepths } from '../queues/read-queue-depths.js';
import { readQueueFlows } from '../queues/read-queue-flows.js';

export type QueuesRouteDeps = {
  now: () => Date;
  openTenant: (access: Access) => TenantWarehouse;
  settings: QueueSettings;
};

/** As many points as a small chart can show. */
const seriesPoints = 60;
const minuteMs = 60_000;

const Query = z.object({
  from: Instant.optional(),
  to: Instant.optional(),
  windowMs: z.coerce.number().int().positive().max(maxWindowMs).optional().meta({
    description: 'Instead of from: length of the window that ends at to. Spares callers their own clock',
  }),
  environment: z.string().max(500).optional().meta({ description: 'Only this environment' }),
  limit: z.coerce.number().int().min(1).max(1000).default(200).meta({
    description: 'Most queues to list; `truncated` says when there are more',
  }),
});

export function queuesRoutes({ now, openTenant, settings }: QueuesRouteDeps): ZodPlugin {
  return async (app) => {
    const schema = { querystring: Query, response: { 200: QueueList, 400: Problem, 422: Problem } };
    const config = {
      needs: 'viewer',
      summary: 'Queues and dead-letter queues: depth, age, growth, and who takes from them',
    } as const;
    app.get('/api/v1/queues', { schema, config }, async ({ query, access }) => {
      const { environment = null, limit } = query;
      const window = windowOf(query, now());
      if (window.kind === 'refused') throw new ProblemError('BAD_REQUEST', window.reason);
      const { from, to } = window;
      const minutes = Math.ceil((to.getTime() - from.getTime()) / minuteMs);
      const stepSeconds = Math.ceil(minutes / seriesPoints) * 60;
      // Twice as many are read, because queues of both kinds meet before the list is cut.
      const question = { from, to, environment, stepSeconds, limit: limit * 2 + 1 };
      const warehouse = openTenant(access);
      const [depths, flows] = await Promise.all([
        readQueueDepths(warehouse, question, settings.metrics),
        readQueueFlows(warehouse, question),
      ]);
      const stepMs = stepSeconds * 1000;
      const queues = assembleQueues({ depths, flows, deadLetter: settings.deadLetter, from, stepMs });
      return {
        from: from.toISOString(),
        to: to.toISOString(),
        stepMs,
        queues: queues.slice(0, limit),
        truncated: queues.length > limit,
      };
    });
  };
}
