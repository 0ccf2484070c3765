import { z } from 'zod';
import { Problem, ProblemError } from '../../schemas/problem.js';
import { Trace } from '../../schemas/trace.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { readTrace } from '../traces/read-trace.js';
import type { ReadDeps } from './read-deps.js';

const Params = z.object({ traceId: z.string().regex(/^[0-9a-fA-F]{32}$/, '32 hex digits') });
/** Spans live 14 days; without any, what else the trace has is looked for in the last two. */
const fallbackMs = 2 * 24 * 3_600_000;
const ahead = 3_600_000;

export function tracesRoutes({ now, openTenant }: ReadDeps): ZodPlugin {
  return async (app) => {
    const schema = { params: Params, response: { 200: Trace, 400: Problem, 404: Problem, 422: Problem } };
    const config = { needs: 'viewer', summary: 'One trace: spans, logs and invocations' } as const;
    app.get('/api/v1/traces/:traceId', { schema, config }, async ({ params, access }) => {
      const at = now().getTime();
      const fallback = { from: new Date(at - fallbackMs), to: new Date(at + ahead) };
      const trace = await readTrace(openTenant(access), params.traceId, fallback);
      if (trace === null)
        throw new ProblemError('NOT_FOUND', `Nothing is stored of the trace ${params.traceId}.`);
      return trace;
    });
  };
}
