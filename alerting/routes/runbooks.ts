import { z } from 'zod';
import { ProblemError } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { Runbooks } from '../runbooks/read-runbooks.js';

/** Runbooks as plain pages. Everybody may read them: notices link to them, and they say nothing of anybody's data. */
export function runbookRoutes({ pages, style }: Runbooks): ZodPlugin {
  return async (app) => {
    const config = {
      needs: 'public',
      summary: 'What to do when a rule is met',
      produces: 'text/html',
    } as const;
    const cache = 'public, max-age=3600';
    app.get('/runbooks', { config }, async (_request, reply) =>
      reply.header('cache-control', cache).type('text/html; charset=utf-8').send(pages.get('index')),
    );
    app.get(
      '/runbooks/style.css',
      { config: { ...config, summary: 'Style of runbooks', produces: 'text/css' } },
      async (_request, reply) =>
        reply.header('cache-control', cache).type('text/css; charset=utf-8').send(style),
    );
    const schema = { params: z.object({ name: z.string() }) };
    app.get('/runbooks/:name', { schema, config }, async ({ params: { name } }, reply) => {
      const page = pages.get(name);
      if (page === undefined)
        throw new ProblemError('NOT_FOUND', `There is no runbook "${name}"; /runbooks lists them.`);
      return reply.header('cache-control', cache).type('text/html; charset=utf-8').send(page);
    });
  };
}
