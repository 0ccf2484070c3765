import type { FastifyRequest } from 'fastify';
import type { Access, Role } from '../schemas/access.js';
import type { ZodApp } from '../schemas/zod-http.js';

/** Tells who sends this request and that they may do what `needed` allows; throws a ProblemError when not. */
export type Authenticate = (request: FastifyRequest, needed: Role) => Promise<Access>;

/** Lets nobody past to a route that is not public before they are known; `request.access` then says who they are. */
export function guardRoutes(app: ZodApp, authenticate: Authenticate | null): void {
  const known = new WeakMap<FastifyRequest, Access>();
  app.decorateRequest('access', {
    getter() {
      const access = known.get(this);
      if (access === undefined) throw new Error(`${this.routeOptions.url} is public: nobody is known there`);
      return access;
    },
  });
  app.addHook('onRequest', async (request) => {
    const { needs } = request.routeOptions.config;
    // A path nobody answers has no needs; it is a 404 to everyone.
    if (needs === 'public' || (needs === undefined && request.is404)) return;
    if (needs === undefined || authenticate === null) throw new Error('A route without a guard was reached');
    known.set(request, await authenticate(request, needs));
  });
}
