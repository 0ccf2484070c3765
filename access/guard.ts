import type { FastifyRequest } from 'fastify';
import { foreignHostReason, foreignPageReason, type OpenHosts } from '../http/browser-guard.js';
import type { Authenticate } from '../http/guard-routes.js';
import { type Access, type Authorize, type Refusal, roleAllows } from '../schemas/access.js';
import { ProblemError } from '../schemas/problem.js';
import { readSessionCookie } from './session/session-cookie.js';
import type { Sessions } from './session/sessions.js';

type GuardDeps = { authorize: Authorize; sessions: Sessions; openHosts: OpenHosts };

/** Knows callers by `Authorization: Bearer`, `x-api-key` or the session cookie, in this order. */
export function createAuthenticate({ authorize, sessions, openHosts }: GuardDeps): Authenticate {
  return async (request, needed) => {
    const presentedKey = keyIn(request);
    const token = presentedKey === null ? readSessionCookie(request.headers.cookie) : null;
    const session = token === null ? null : sessions.verify(token);
    const access = session ?? (await accessOf(authorize, presentedKey, request.ip, token !== null));
    // A browser sends cookies, and reaches an open installation, on behalf of any page. A key it does not send by itself.
    if (session !== null || access.keyId === null) forbidForeignPage(request);
    if (access.keyId === null) forbidForeignHost(request, openHosts);
    if (!roleAllows(access.role, needed))
      throw new ProblemError('FORBIDDEN', `This needs the role ${needed}; the key has ${access.role}.`);
    return access;
  };
}

/** Refuses to change anything for a page of another site. */
export function forbidForeignPage(request: FastifyRequest): void {
  const reason = foreignPageReason(request.method, request.headers);
  if (reason !== null) throw new ProblemError('FORBIDDEN', reason);
}

/** Refuses to answer an open installation under a name that is not loopback's. */
export function forbidForeignHost(request: FastifyRequest, openHosts: OpenHosts): void {
  const reason = foreignHostReason(request.headers.host, openHosts);
  if (reason !== null) throw new ProblemError('FORBIDDEN', reason);
}

/** What a refused credential is answered with. */
export function refusalProblem(refusal: Refusal, hadSession: boolean): ProblemError {
  switch (refusal.kind) {
    case 'missing':
      return hadSession
        ? new ProblemError('UNAUTHENTICATED', 'The session has ended.')
        : new ProblemError('UNAUTHENTICATED', 'This endpoint needs an API key, and none came.');
    case 'unknown':
      return new ProblemError('UNAUTHENTICATED', 'The API key is not one of this installation.');
    case 'revoked':
      return new ProblemError('UNAUTHENTICATED', 'The API key has been revoked.');
    case 'throttled':
      return new ProblemError('TOO_MANY_REQUESTS', 'Too many wrong keys came from this address.', {
        retryAfterSeconds: refusal.retryAfterSeconds,
      });
  }
}

async function accessOf(
  authorize: Authorize,
  presentedKey: string | null,
  remoteAddress: string,
  hadSession: boolean,
): Promise<Access> {
  const verdict = await authorize(presentedKey, remoteAddress);
  if (verdict.kind === 'granted') return verdict.access;
  throw refusalProblem(verdict.refusal, hadSession);
}

function keyIn({ headers }: FastifyRequest): string | null {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const apiKey = headers['x-api-key'];
  return typeof apiKey === 'string' && apiKey !== '' ? apiKey : null;
}
