import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { OpenHosts } from '../../http/browser-guard.js';
import type { Access, Authorize } from '../../schemas/access.js';
import { ProblemError } from '../../schemas/problem.js';
import { Session, SignIn } from '../../schemas/session.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { forbidForeignHost, forbidForeignPage, refusalProblem } from '../guard.js';
import { setSessionCookie } from '../session/session-cookie.js';
import type { Sessions } from '../session/sessions.js';

type SessionRouteDeps = { authorize: Authorize; sessions: Sessions; openHosts: OpenHosts };

/** Signing in with a key, signing out, and who is signed in. Mounted under /api/v1. */
export function sessionRoutes({ authorize, sessions, openHosts }: SessionRouteDeps): ZodPlugin {
  const signIn = (request: FastifyRequest, reply: FastifyReply, access: Access): Session => {
    const { tenant, role, keyId } = access;
    if (keyId === null) return { tenant, role, mode: 'open' };
    const token = sessions.issue({ keyId, tenant });
    const options = { maxAgeSeconds: sessions.lifetimeMs / 1000, isSecure: request.protocol === 'https' };
    reply.header('set-cookie', setSessionCookie(token, options));
    return { tenant, role, mode: 'key' };
  };
  return async (app) => {
    app.post(
      '/session',
      {
        config: { needs: 'public', summary: 'Sign this browser in with an API key' },
        schema: { body: SignIn, response: { 200: Session } },
      },
      async (request, reply) => {
        forbidForeignPage(request);
        const verdict = await authorize(request.body.key.trim(), request.ip);
        if (verdict.kind === 'refused') throw refusalProblem(verdict.refusal, false);
        if (verdict.access.keyId === null) forbidForeignHost(request, openHosts);
        if (verdict.access.role === 'ingest')
          throw new ProblemError(
            'FORBIDDEN',
            'An ingest key may only send; sign in with a viewer key or above.',
          );
        return signIn(request, reply, verdict.access);
      },
    );
    app.get(
      '/session',
      {
        config: { needs: 'viewer', summary: 'Who is signed in, and whether keys are asked for at all' },
        schema: { response: { 200: Session } },
      },
      async (request) => {
        const { tenant, role, keyId } = request.access;
        return { tenant, role, mode: keyId === null ? 'open' : 'key' } as const;
      },
    );
    app.delete(
      '/session',
      {
        config: { needs: 'public', summary: 'Sign this browser out' },
        schema: { response: { 204: z.void() } },
      },
      async (request, reply) => {
        forbidForeignPage(request);
        const options = { maxAgeSeconds: 0, isSecure: request.protocol === 'https' };
        return reply.code(204).header('set-cookie', setSessionCookie('', options)).send();
      },
    );
  };
}
