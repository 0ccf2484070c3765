import { z } from 'zod';
import { Problem } from '../../schemas/problem.js';
import { LogPage } from '../../schemas/trace.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { printCursor } from '../search/cursor.js';
import { logLineOf, readLogs } from '../search/read-logs.js';
import { readPage } from '../search/read-page.js';
import { askedPage, pageQuery, searchBudgetMs } from './asked-page.js';
import { filterQuery, windowQuery } from './asked-window.js';
import type { ReadDeps } from './read-deps.js';

const Query = z.object({
  ...windowQuery,
  ...pageQuery,
  environment: filterQuery('environment'),
  function: filterQuery('function'),
  severity: z.coerce.number().int().min(0).max(24).default(0).meta({
    description: 'This OTLP severity number or graver: 9 info, 13 warn, 17 error, 21 fatal',
  }),
  invocationId: filterQuery('invocation'),
  traceId: z
    .string()
    .regex(/^[0-9a-fA-F]{32}$/, '32 hex digits')
    .optional(),
  text: z.string().min(1).max(200).optional().meta({ description: 'Part of the body, in any case' }),
});

export function logsRoutes({ now, openTenant }: ReadDeps): ZodPlugin {
  return async (app) => {
    const schema = { querystring: Query, response: { 200: LogPage, 400: Problem, 422: Problem } };
    const config = { needs: 'viewer', summary: 'Log records searched, newest first' } as const;
    app.get('/api/v1/logs', { schema, config }, async ({ query, access }) => {
      const cursor = askedPage(query, now());
      const {
        environment = null,
        severity,
        invocationId = null,
        traceId: traceHex = null,
        text = null,
      } = query;
      const filter = {
        environment,
        function: query.function ?? null,
        severity,
        invocationId,
        traceHex,
        text,
      };
      const warehouse = openTenant(access);
      const page = await readPage((slice, options) => readLogs(warehouse, { ...filter, ...slice }, options), {
        cursor,
        limit: query.limit,
        budgetMs: searchBudgetMs,
        nowMs: () => now().getTime(),
      });
      return {
        from: new Date(cursor.fromMs).toISOString(),
        to: new Date(cursor.toMs).toISOString(),
        logs: page.rows.map(logLineOf),
        nextCursor: page.next === null ? null : printCursor(page.next),
        partial: page.isPartial,
      };
    });
  };
}
