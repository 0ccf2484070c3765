import { z } from 'zod';
import type { ZodPlugin } from '../schemas/zod-http.js';

/** What stands between this process and serving, as sentences; empty when it is ready. */
export type Readiness = () => readonly string[];

const Alive = z.object({ status: z.literal('alive') }).meta({ id: 'Alive' });
const Ready = z
  .object({ status: z.enum(['ready', 'not-ready']), missing: z.array(z.string()) })
  .meta({ id: 'Ready' });

/** `/healthz`: the process runs. `/readyz`: it can take telemetry and answer questions. */
export function healthRoutes(readiness: Readiness): ZodPlugin {
  return async (app) => {
    app.get(
      '/healthz',
      {
        schema: { response: { 200: Alive } },
        config: { needs: 'public', summary: 'Is the process alive' },
      },
      async () => ({ status: 'alive' as const }),
    );
    app.get(
      '/readyz',
      {
        schema: { response: { 200: Ready, 503: Ready } },
        config: { needs: 'public', summary: 'Can it serve' },
      },
      async (_request, reply) => {
        const missing = [...readiness()];
        if (missing.length === 0) return { status: 'ready' as const, missing };
        return reply.code(503).header('retry-after', '5').send({ status: 'not-ready', missing });
      },
    );
  };
}
