import { z } from 'zod';
import type { Access } from '../../schemas/access.js';
import { ApiKey, ApiKeys, CreatedApiKey, NewApiKey } from '../../schemas/api-key.js';
import { ProblemError } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { AdminScope, KeyAdmin } from '../keys/key-admin.js';

type KeyRouteDeps = { keyAdmin: (scope: AdminScope) => KeyAdmin };

/** Creating, listing and revoking the keys of the caller's own tenant. Mounted under /api/v1. */
export function keyRoutes({ keyAdmin }: KeyRouteDeps): ZodPlugin {
  const adminOf = ({ tenant, keyId }: Access) => keyAdmin({ tenant, actor: keyId ?? 'open' });
  return async (app) => {
    app.get(
      '/keys',
      {
        config: { needs: 'admin', summary: 'All API keys of the tenant, revoked ones too' },
        schema: { response: { 200: ApiKeys } },
      },
      async (request) => ({ keys: await adminOf(request.access).list() }),
    );
    app.post(
      '/keys',
      {
        config: { needs: 'admin', summary: 'Create an API key; the answer is the only time it is shown' },
        schema: { body: NewApiKey, response: { 201: CreatedApiKey } },
      },
      async (request, reply) => {
        refuseUnwise(request.access, request.body);
        return reply.code(201).send(await adminOf(request.access).create(request.body));
      },
    );
    app.delete(
      '/keys/:keyId',
      {
        config: { needs: 'admin', summary: 'Revoke an API key, and with it every session signed in with it' },
        schema: { params: z.object({ keyId: z.string() }), response: { 200: ApiKey } },
      },
      async (request) => {
        const { keyId } = request.params;
        const key = await adminOf(request.access).revoke(keyId);
        if (key === null) throw new ProblemError('NOT_FOUND', `There is no key "${keyId}" in this tenant.`);
        return key;
      },
    );
  };
}

function refuseUnwise(access: Access, wanted: NewApiKey): void {
  if (wanted.tenant !== undefined && wanted.tenant !== access.tenant)
    throw new ProblemError(
      'FORBIDDEN',
      `This key administers the tenant "${access.tenant}", not "${wanted.tenant}". Keys of a new tenant are made where the data is, with "coldburn token create --tenant" while the server is stopped.`,
    );
  // From the first key on, keys are asked for: without an admin among them nobody could make the next one.
  if (access.keyId === null && wanted.role !== 'admin')
    throw new ProblemError(
      'BAD_REQUEST',
      `The first key must be an admin key, because as soon as one exists everybody needs one; "${wanted.role}" keys come after it.`,
    );
}
