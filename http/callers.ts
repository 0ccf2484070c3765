import { AsyncLocalStorage } from 'node:async_hooks';
import type { ZodApp } from '../schemas/zod-http.js';

export type Callers = {
  /** Must be registered before the routes. */
  follow: (app: ZodApp) => void;
  /** Of the request being answered: aborts when its caller leaves before the answer. Null outside of one. */
  current: () => AbortSignal | null;
};

/**
 * Knows when whoever asked has gone, so that work nobody waits for can be stopped: a page that is left would otherwise have
 * its questions answered before those of the next one. Only of GET: what changes something is carried out to its end.
 */
export function followCallers(): Callers {
  const signals = new AsyncLocalStorage<AbortSignal>();
  return {
    current: () => signals.getStore() ?? null,
    follow: (app) => {
      app.addHook('onRequest', (request, reply, done) => {
        if (request.method !== 'GET') return done();
        const left = new AbortController();
        reply.raw.once('close', () => {
          if (!reply.raw.writableFinished) left.abort();
        });
        signals.run(left.signal, done);
      });
    },
  };
}
