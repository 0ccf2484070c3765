import { z } from 'zod';
import type { Access, Tenant } from '../../schemas/access.js';
import { Deployment, DeploymentList, NewDeployment } from '../../schemas/deployment.js';
import { Instant } from '../../schemas/instant.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { DeploymentLog } from '../deployments/append-deployment.js';
import { deploymentId } from '../deployments/deployment-id.js';
import { readDeployments } from '../deployments/read-deployments.js';

export type DeploymentRouteDeps = {
  now: () => Date;
  openTenant: (access: Access) => TenantWarehouse;
  openLog: (tenant: Tenant) => DeploymentLog;
};

const defaultWindowMs = 30 * 24 * 3_600_000;
const anyTime = { from: new Date(0), to: new Date(Date.UTC(2262, 0, 1)) };

const Query = z.object({
  from: Instant.optional().meta({ description: 'Left out: 30 days before to' }),
  to: Instant.optional().meta({ description: 'Left out: now' }),
  function: z.string().max(500).optional(),
  environment: z
    .string()
    .max(500)
    .optional()
    .meta({ description: 'Those of this environment, and posted ones that are for every environment' }),
  version: z.string().max(500).optional(),
  includeDeleted: z.enum(['true', 'false']).default('false'),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
});

const Deletion = z.object({
  reason: z.string().trim().min(1, 'a deletion needs a reason').max(500),
  author: z.string().trim().max(500).default('').meta({ description: 'Left out: the key that deletes it' }),
});

/** Deployments, posted and detected. */
export function deploymentRoutes({ now, openTenant, openLog }: DeploymentRouteDeps): ZodPlugin {
  const find = async (access: Access, id: string): Promise<Deployment | null> => {
    const all = { function: null, environment: null, version: null };
    const question = { ...anyTime, ...all, id, includeDeleted: true, limit: 1 };
    return (await readDeployments(openTenant(access), question)).deployments[0] ?? null;
  };
  return async (app) => {
    app.get(
      '/api/v1/deployments',
      {
        config: { needs: 'viewer', summary: 'Deployments in a window, posted and detected, latest first' },
        schema: { querystring: Query, response: { 200: DeploymentList, 400: Problem, 422: Problem } },
      },
      async ({ query, access }) => {
        const to = query.to ?? now();
        const from = query.from ?? new Date(Math.max(0, to.getTime() - defaultWindowMs));
        if (from >= to)
          throw new ProblemError(
            'BAD_REQUEST',
            `from (${from.toISOString()}) must be before to (${to.toISOString()})`,
          );
        const { function: name = null, environment = null, version = null, limit } = query;
        const includeDeleted = query.includeDeleted === 'true';
        const question = { from, to, function: name, environment, version, id: null, includeDeleted, limit };
        const answer = await readDeployments(openTenant(access), question);
        return { from: from.toISOString(), to: to.toISOString(), ...answer };
      },
    );
    app.post(
      '/api/v1/deployments',
      {
        config: {
          needs: 'operator',
          summary: 'Tell of a deployment; the same one again changes its details',
        },
        schema: { body: NewDeployment, response: { 201: Deployment, 400: Problem } },
      },
      async ({ body, access }, reply) => {
        const { at = now(), until = null, reason, ...told } = body;
        if (until !== null && until < at)
          throw new ProblemError('BAD_REQUEST', 'until must not be before at');
        const actor = actorOf(access);
        const notes = [reason, body.notes].filter((text) => text !== '').join('\n');
        const id = deploymentId({ ...body, at });
        const author = body.author || actor;
        await openLog(access.tenant).post({
          ...told,
          notes,
          id,
          at,
          until,
          author,
          actor,
          recordedAt: now(),
        });
        const stored = await find(access, id);
        if (stored === null) throw new Error(`The deployment ${id} cannot be read back`);
        return reply.code(201).send(stored);
      },
    );
    app.delete(
      '/api/v1/deployments/:id',
      {
        config: { needs: 'operator', summary: 'Delete a deployment, detected ones too; who and why is kept' },
        schema: {
          params: z.object({ id: z.string().max(100) }),
          querystring: Deletion,
          response: { 200: Deployment, 400: Problem, 404: Problem },
        },
      },
      async ({ params: { id }, query: { reason, author }, access }) => {
        const found = await find(access, id);
        if (found === null) throw new ProblemError('NOT_FOUND', `There is no deployment "${id}".`);
        if (found.deleted !== null) return found;
        const actor = actorOf(access);
        const event = { id, reason, author: author || actor, actor, recordedAt: now() };
        await openLog(access.tenant).delete(event);
        return (await find(access, id)) ?? found;
      },
    );
  };
}

function actorOf({ keyId }: Access): string {
  return keyId ?? 'open';
}
