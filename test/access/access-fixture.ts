import { defaultAttemptPolicy } from '../../access/failed-attempts.js';
import { openKeyRing } from '../../access/keys/key-ring.js';
import { storedKeyAdmin } from '../../access/keys/stored-key-admin.js';
import { openAccess } from '../../access/open-access.js';
import { createApp } from '../../http/create-app.js';
import { type Role, Tenant } from '../../schemas/access.js';
import type { ZodApp, ZodPlugin } from '../../schemas/zod-http.js';
import { countingBytes, memoryKeyStore } from './memory-key-store.js';

export const sessionMs = 3_600_000;

export const tenantA = Tenant.parse('tenant-a');
export const tenantB = Tenant.parse('tenant-b');

export type AccessFixture = {
  app: ZodApp;
  clock: { now: Date };
  /** Makes a key past the API, as the CLI does on the data directory. Returns the key text. */
  createKey: (role: Role, tenant?: Tenant) => Promise<string>;
  /** Says what `createKey` and others changed, as the refresh timer would. */
  store: ReturnType<typeof memoryKeyStore>;
};

/** An app with the access routes and whatever routes a test adds, over keys in memory. */
export async function accessFixture(
  firstKeys: readonly { role: Role; tenant?: Tenant }[],
  routes: ZodPlugin = async () => undefined,
  options: { hosts?: readonly string[]; isInsecure?: boolean } = {},
): Promise<AccessFixture & { keys: string[] }> {
  const store = memoryKeyStore();
  const clock = { now: new Date('2026-03-01T00:00:00Z') };
  const now = () => clock.now;
  const randomBytes = countingBytes();
  const createKey = async (role: Role, tenant: Tenant = tenantA) => {
    const ring = await openKeyRing(store);
    const admin = storedKeyAdmin({ store, ring, now, randomBytes }, { actor: 'cli', tenant: null });
    return (await admin.create({ name: `${role} of ${tenant}`, role, tenant })).secret;
  };
  const keys: string[] = [];
  for (const { role, tenant } of firstKeys) keys.push(await createKey(role, tenant));
  const access = await openAccess({
    store,
    sessionSecret: Buffer.alloc(32, 7),
    addresses: (options.hosts ?? ['127.0.0.1']).map((host) => ({ host, settingName: 'COLDBURN_HTTP' })),
    isInsecure: options.isInsecure ?? false,
    sessionMs,
    attemptPolicy: defaultAttemptPolicy,
    refreshEveryMs: 60_000,
    onRefreshError: () => undefined,
    now,
    randomBytes,
  });
  const app = createApp({
    newId: () => 'request-id',
    logger: false,
    authenticate: access.authenticate,
    openApi: { title: 'Coldburn', version: '0.0.0' },
  });
  app.addHook('onClose', async () => access.close());
  app.register(access.routes, { prefix: '/api/v1' });
  app.register(routes, { prefix: '/api/v1' });
  await app.ready();
  return { app, clock, createKey, store, keys };
}
