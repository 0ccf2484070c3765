import { z } from 'zod';
import { Fingerprint } from '../../schemas/errors.js';
import { InvocationPage, InvocationRow } from '../../schemas/invocations.js';
import { Problem } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { printCursor } from '../search/cursor.js';
import { firstSliceMs } from '../search/first-slice.js';
import { type InvocationsFilter, invocationOf, readInvocations } from '../search/read-invocations.js';
import { readPage } from '../search/read-page.js';
import { askedPage, pageQuery, searchBudgetMs } from './asked-page.js';
import { filterQuery, flagQuery, windowQuery } from './asked-window.js';
import type { ReadDeps } from './read-deps.js';

const durationMs = z.coerce.number().nonnegative().max(1e12).optional();

const Query = z.object({
  ...windowQuery,
  ...pageQuery,
  environment: filterQuery('environment'),
  function: filterQuery('function'),
  version: filterQuery('version'),
  outcome: InvocationRow.shape.outcome.optional().meta({ description: 'Only this outcome' }),
  cold: flagQuery('Only cold starts (true) or only warm ones (false)'),
  trigger: filterQuery('trigger'),
  region: filterQuery('region'),
  team: filterQuery('team'),
  customer: filterQuery('customer'),
  errorType: filterQuery('type of error'),
  fingerprint: Fingerprint.optional().meta({ description: 'Only errors of this group' }),
  httpStatus: z.coerce.number().int().min(100).max(999).optional(),
  minDurationMs: durationMs.meta({ description: 'This long or longer' }),
  maxDurationMs: durationMs.meta({ description: 'Shorter than this' }),
  invocationId: filterQuery('id of the platform'),
  traceId: z
    .string()
    .regex(/^[0-9a-fA-F]{32}$/, '32 hex digits')
    .optional(),
  text: z.string().min(1).max(200).optional().meta({ description: 'Part of the error message, in any case' }),
});

export function invocationsRoutes({ now, openTenant }: ReadDeps): ZodPlugin {
  return async (app) => {
    const schema = { querystring: Query, response: { 200: InvocationPage, 400: Problem, 422: Problem } };
    const config = { needs: 'viewer', summary: 'Invocations searched, newest first' } as const;
    app.get('/api/v1/invocations', { schema, config }, async ({ query, access }) => {
      const cursor = askedPage(query, now());
      const filter = filterOf(query);
      const warehouse = openTenant(access);
      const page = await readPage(
        (slice, options) => readInvocations(warehouse, { ...filter, ...slice }, options),
        {
          cursor,
          limit: query.limit,
          budgetMs: searchBudgetMs,
          nowMs: () => now().getTime(),
          firstSliceMs: firstSliceMs(filter),
        },
      );
      return {
        from: new Date(cursor.fromMs).toISOString(),
        to: new Date(cursor.toMs).toISOString(),
        invocations: page.rows.map(invocationOf),
        nextCursor: page.next === null ? null : printCursor(page.next),
        partial: page.isPartial,
      };
    });
  };
}

function filterOf(query: z.infer<typeof Query>): InvocationsFilter {
  const { minDurationMs, maxDurationMs } = query;
  return {
    environment: query.environment ?? null,
    function: query.function ?? null,
    version: query.version ?? null,
    outcome: query.outcome ?? null,
    cold: query.cold ?? null,
    trigger: query.trigger ?? null,
    region: query.region ?? null,
    team: query.team ?? null,
    customer: query.customer ?? null,
    errorType: query.errorType ?? null,
    fingerprint: query.fingerprint ?? null,
    httpStatus: query.httpStatus ?? null,
    minDurationNs: minDurationMs === undefined ? null : Math.ceil(minDurationMs * 1e6),
    maxDurationNs: maxDurationMs === undefined ? null : Math.ceil(maxDurationMs * 1e6),
    invocationId: query.invocationId ?? null,
    traceHex: query.traceId ?? null,
    text: query.text ?? null,
  };
}
