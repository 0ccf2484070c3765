import type { Role, Tenant } from '../../schemas/access.js';
import type { KeyEvent } from './key-event.js';

export type StoredKey = {
  keyId: string;
  tenant: Tenant;
  name: string;
  role: Role;
  secretSha256: string;
  createdAt: Date;
  createdBy: string;
  revokedAt: Date | null;
};

/**
 * The keys that follow from their events, in whatever order and however often those are read: the earliest creation
 * counts, so no later event can swap a secret or a role, and a revocation is final whatever the clocks said.
 */
export function foldKeys(events: readonly KeyEvent[]): Map<string, StoredKey> {
  const keys = new Map<string, StoredKey>();
  const revokedAt = new Map<string, Date>();
  for (const event of [...events].sort(inOrder)) {
    const identity = `${event.tenant} ${event.keyId}`;
    if (event.kind === 'revoked') {
      if (!revokedAt.has(identity)) revokedAt.set(identity, event.at);
      continue;
    }
    if (keys.has(event.keyId)) continue;
    const { keyId, tenant, name, role, secretSha256 } = event;
    const created = { createdAt: event.at, createdBy: event.actor, revokedAt: null };
    keys.set(keyId, { keyId, tenant, name, role, secretSha256, ...created });
  }
  for (const [keyId, key] of keys)
    keys.set(keyId, { ...key, revokedAt: revokedAt.get(`${key.tenant} ${keyId}`) ?? null });
  return keys;
}

function inOrder(a: KeyEvent, b: KeyEvent): number {
  const byTime = a.at.getTime() - b.at.getTime();
  if (byTime !== 0) return byTime;
  // Any fixed order serves for the same millisecond, as long as every reader has the same one.
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
