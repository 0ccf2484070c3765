import { z } from 'zod';
import type { Access } from '../../schemas/access.js';
import { ErrorDetail, ErrorList, Fingerprint } from '../../schemas/errors.js';
import { Instant } from '../../schemas/instant.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { readErrorDetail } from '../errors/read-error-detail.js';
import { readErrorGroups } from '../errors/read-error-groups.js';
import { readSampleTraces } from '../errors/read-sample-traces.js';
import { maxWindowMs, windowOf } from '../functions/window-of.js';
import { stepOf, wholeMinutes } from '../minutes/minute-window.js';

export type ErrorsRouteDeps = {
  now: () => Date;
  openTenant: (access: Access) => TenantWarehouse;
};

/** Points of a sparkline. */
const mostSteps = 60;

const Window = {
  from: Instant.optional(),
  to: Instant.optional(),
  windowMs: z.coerce.number().int().positive().max(maxWindowMs).optional().meta({
    description: 'Instead of from: length of the window that ends at to',
  }),
};

const name = (description: string) => z.string().max(500).optional().meta({ description });

const Query = z.object({
  ...Window,
  function: name('Only errors raised in this function'),
  environment: name('Only this environment'),
  version: name('Only this version'),
  q: z.string().max(200).default('').meta({ description: 'Only titles that contain this text, in any case' }),
  limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ description: 'Most groups to list' }),
});

export function errorsRoutes({ now, openTenant }: ErrorsRouteDeps): ZodPlugin {
  return async (app) => {
    const schema = { querystring: Query, response: { 200: ErrorList, 400: Problem, 422: Problem } };
    const config = { needs: 'viewer', summary: 'Groups of like errors in a window' } as const;
    app.get('/api/v1/errors', { schema, config }, async ({ query, access }) => {
      const { limit, q } = query;
      const { from, to } = minutesOf(query, now());
      const stepMs = stepOf({ from, to }, mostSteps);
      const kept = {
        from,
        to,
        function: query.function ?? null,
        environment: query.environment ?? null,
        version: query.version ?? null,
      };
      const warehouse = openTenant(access);
      const { groups, truncated } = await readErrorGroups(warehouse, {
        ...kept,
        stepMs,
        q,
        fingerprint: null,
        limit,
      });
      const fingerprints = groups.map(({ fingerprint }) => fingerprint);
      const samples = await readSampleTraces(warehouse, { ...kept, fingerprints });
      return {
        from: from.toISOString(),
        to: to.toISOString(),
        stepMs,
        groups: groups.map((group) => ({ ...group, sampleTraceIds: samples.get(group.fingerprint) ?? [] })),
        truncated,
      };
    });

    const one = {
      params: z.object({ fingerprint: Fingerprint }),
      querystring: z.object(Window),
      response: { 200: ErrorDetail, 400: Problem, 404: Problem, 422: Problem },
    };
    const oneConfig = {
      needs: 'viewer',
      summary: 'One group of errors: where, when, and its latest',
    } as const;
    app.get(
      '/api/v1/errors/:fingerprint',
      { schema: one, config: oneConfig },
      async ({ params, query, access }) => {
        const { fingerprint } = params;
        const { from, to } = minutesOf(query, now());
        const stepMs = stepOf({ from, to }, mostSteps);
        const warehouse = openTenant(access);
        const everything = { from, to, function: null, environment: null, version: null };
        const [{ groups }, detail, samples] = await Promise.all([
          readErrorGroups(warehouse, { ...everything, stepMs, q: '', fingerprint, limit: 1 }),
          readErrorDetail(warehouse, { fingerprint, from, to }),
          readSampleTraces(warehouse, { ...everything, fingerprints: [fingerprint] }),
        ]);
        const [group] = groups;
        if (group === undefined) {
          throw new ProblemError(
            'NOT_FOUND',
            `No error ${fingerprint} was raised from ${from.toISOString()} to ${to.toISOString()}`,
          );
        }
        const sampleTraceIds = samples.get(fingerprint) ?? [];
        return {
          from: from.toISOString(),
          to: to.toISOString(),
          stepMs,
          group: { ...group, sampleTraceIds },
          ...detail,
        };
      },
    );
  };
}

function minutesOf(request: Parameters<typeof windowOf>[0], now: Date): { from: Date; to: Date } {
  const window = windowOf(request, now);
  if (window.kind === 'refused') throw new ProblemError('BAD_REQUEST', window.reason);
  return wholeMinutes(window);
}
