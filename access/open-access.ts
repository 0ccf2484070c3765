import type { Authenticate } from '../http/guard-routes.js';
import type { Authorize } from '../schemas/access.js';
import { StartupError } from '../schemas/startup-error.js';
import type { ZodPlugin } from '../schemas/zod-http.js';
import { createAuthorize } from './authorize.js';
import { decideExposure, type ListenAddress } from './exposure.js';
import { type AttemptPolicy, createFailedAttempts } from './failed-attempts.js';
import { createAuthenticate } from './guard.js';
import type { KeyEventStore } from './keys/key-event.js';
import { keepFresh, openKeyRing } from './keys/key-ring.js';
import type { RandomBytes } from './keys/key-text.js';
import { storedKeyAdmin } from './keys/stored-key-admin.js';
import { keyRoutes } from './routes/keys.js';
import { sessionRoutes } from './routes/session.js';
import { createSessions } from './session/sessions.js';

type AccessOptions = {
  store: KeyEventStore;
  /** Signs sessions; see session-secret.ts. */
  sessionSecret: Uint8Array;
  /** How long a browser stays signed in. */
  sessionMs: number;
  /** Every address this process will listen on. */
  addresses: readonly ListenAddress[];
  isInsecure: boolean;
  attemptPolicy: AttemptPolicy;
  /** How soon a key made or revoked by another process is noticed. */
  refreshEveryMs: number;
  onRefreshError: (error: unknown) => void;
  now: () => Date;
  randomBytes: RandomBytes;
};

export type OpenedAccess = {
  /** For doors that are not fastify apps, such as gRPC. */
  authorize: Authorize;
  /** For `createApp`. */
  authenticate: Authenticate;
  /** `/session` and `/keys`, to be mounted under /api/v1. */
  routes: ZodPlugin;
  close: () => void;
};

/** Loads the keys and judges the exposure; a StartupError says why these addresses must not be served. */
export async function openAccess(options: AccessOptions): Promise<OpenedAccess> {
  const { store, now, randomBytes } = options;
  const ring = await openKeyRing(store);
  const exposure = decideExposure({ ...options, haveKeys: ring.hasHadKeys() });
  if (exposure.kind === 'refused') throw new StartupError(exposure.sentence);
  const { openHosts, isOpenWithoutKeys } = exposure;
  const attempts = createFailedAttempts(options.attemptPolicy);
  const authorize = createAuthorize({ ring, attempts, isOpenWithoutKeys, now });
  const sessions = createSessions({
    secret: options.sessionSecret,
    find: ring.find,
    now,
    lifetimeMs: options.sessionMs,
  });
  const guard = { authorize, sessions, openHosts };
  return {
    authorize,
    authenticate: createAuthenticate(guard),
    routes: async (app) => {
      app.register(sessionRoutes(guard));
      app.register(
        keyRoutes({ keyAdmin: (scope) => storedKeyAdmin({ store, ring, now, randomBytes }, scope) }),
      );
    },
    close: keepFresh(ring, options.refreshEveryMs, options.onRefreshError),
  };
}
