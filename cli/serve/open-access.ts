import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createAuthorize } from '../../access/authorize.js';
import { decideExposure, type ListenAddress } from '../../access/exposure.js';
import { createFailedAttempts, defaultAttemptPolicy } from '../../access/failed-attempts.js';
import { createAuthenticate } from '../../access/guard.js';
import { keepFresh, openKeyRing } from '../../access/keys/key-ring.js';
import { storedKeyAdmin } from '../../access/keys/stored-key-admin.js';
import { keyRoutes } from '../../access/routes/keys.js';
import { sessionRoutes } from '../../access/routes/session.js';
import { openSessionSecret } from '../../access/session/session-secret.js';
import { createSessions } from '../../access/session/sessions.js';
import { warehouseKeyStore } from '../../access/store/warehouse-key-store.js';
import { StartupError } from '../../schemas/startup-error.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

/** A key made or revoked by another process is in force here after at most this long. */
const refreshEveryMs = 3_000;

export type OpenAccessOptions = {
  warehouse: Warehouse;
  dataDir: string;
  addresses: readonly ListenAddress[];
  isInsecure: boolean;
  sessionMs: number;
  now: () => Date;
  onError: (sentence: string) => void;
};

/** Loads the keys, decides whether these addresses may be served at all, and answers who is who from then on. */
export async function openAccess(options: OpenAccessOptions) {
  const { warehouse, dataDir, addresses, isInsecure, sessionMs, now, onError } = options;
  const store = warehouseKeyStore(warehouse);
  const ring = await openKeyRing(store);
  const exposure = decideExposure({ addresses, haveKeys: ring.hasHadKeys(), isInsecure });
  if (exposure.kind === 'refused') throw new StartupError(exposure.sentence);

  const secret = await openSessionSecret(join(dataDir, 'session.secret'), randomBytes);
  const sessions = createSessions({ secret, find: ring.find, now, ttlMs: sessionMs });
  const attempts = createFailedAttempts(defaultAttemptPolicy);
  const authorize = createAuthorize({ ring, attempts, isOpenWithoutKeys: exposure.isOpenWithoutKeys, now });
  const { openHosts } = exposure;
  const admin = { store, ring, now, randomBytes };
  const routes: ZodPlugin = async (app) => {
    await sessionRoutes({ authorize, sessions, openHosts })(app);
    await keyRoutes({ keyAdmin: (scope) => storedKeyAdmin(admin, scope) })(app);
  };
  return {
    authorize,
    authenticate: createAuthenticate({ authorize, sessions, openHosts }),
    routes,
    isOpen: () => exposure.isOpenWithoutKeys && !ring.hasHadKeys(),
    stop: keepFresh(ring, refreshEveryMs, (error) =>
      onError(`API keys could not be read again, the known ones stay in force: ${String(error)}`),
    ),
    newId: randomUUID,
  };
}
