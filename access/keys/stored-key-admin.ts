import { defaultTenant } from '../../schemas/access.js';
import type { ApiKey } from '../../schemas/api-key.js';
import type { StoredKey } from './fold-keys.js';
import type { AdminScope, KeyAdmin } from './key-admin.js';
import type { KeyEventStore } from './key-event.js';
import type { KeyRing } from './key-ring.js';
import { createKeyText, hashKeyText, type RandomBytes } from './key-text.js';

type StoredKeyAdminDeps = {
  store: KeyEventStore;
  ring: KeyRing;
  now: () => Date;
  randomBytes: RandomBytes;
};

/** Administers keys where they are stored; each change is in force when its promise resolves. */
export function storedKeyAdmin(deps: StoredKeyAdminDeps, scope: AdminScope): KeyAdmin {
  const { store, ring, now, randomBytes } = deps;
  const toApiKey = ({ secretSha256: _hidden, ...key }: StoredKey): ApiKey => ({
    ...key,
    lastUsedAt: ring.lastUsedAt(key.keyId),
  });
  const find = (keyId: string) => {
    const key = ring.find(keyId);
    return key !== undefined && (scope.tenant === null || key.tenant === scope.tenant) ? key : undefined;
  };
  return {
    async create({ name, role, tenant: wantedTenant }) {
      const tenant = scope.tenant ?? wantedTenant ?? defaultTenant;
      const { keyId, text } = createKeyText(randomBytes);
      const secretSha256 = hashKeyText(text).toString('hex');
      const created = { tenant, keyId, name, role, secretSha256, actor: scope.actor, at: now() };
      await store.append({ kind: 'created', ...created });
      await ring.refresh();
      const stored = find(keyId);
      if (stored === undefined) throw new Error(`The new key ${keyId} cannot be read back from the store`);
      return { key: toApiKey(stored), secret: text };
    },
    async list() {
      await ring.refresh();
      const visible = ring.all().filter(({ keyId }) => find(keyId) !== undefined);
      return visible.map(toApiKey).sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
    },
    async revoke(keyId) {
      await ring.refresh();
      const key = find(keyId);
      if (key === undefined) return null;
      if (key.revokedAt === null) {
        await store.append({ kind: 'revoked', tenant: key.tenant, keyId, actor: scope.actor, at: now() });
        await ring.refresh();
      }
      const stored = find(keyId);
      return stored === undefined ? null : toApiKey(stored);
    },
  };
}
