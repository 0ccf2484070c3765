import { timingSafeEqual } from 'node:crypto';
import { type Access, type Authorize, defaultTenant, type Verdict } from '../schemas/access.js';
import { addressGroup } from './address-group.js';
import type { FailedAttempts } from './failed-attempts.js';
import type { StoredKey } from './keys/fold-keys.js';
import type { KeyRing } from './keys/key-ring.js';
import { hashKeyText, parseKeyId } from './keys/key-text.js';

type AuthorizeDeps = {
  ring: KeyRing;
  attempts: FailedAttempts;
  /** Whether an installation without keys lets everybody in; see exposure.ts. */
  isOpenWithoutKeys: boolean;
  now: () => Date;
};

type Judged = { kind: 'valid'; key: StoredKey } | { kind: 'unknown' } | { kind: 'revoked' };

/** Compared with when the key id is unknown, so that answering takes as long as for a known one. */
const nobodysHash = Buffer.alloc(32);

const openAccess: Access = { tenant: defaultTenant, role: 'admin', keyId: null };

/** Decides who a presented key belongs to. Costs one hash and no query. */
export function createAuthorize({ ring, attempts, isOpenWithoutKeys, now }: AuthorizeDeps): Authorize {
  return async (presentedKey, remoteAddress) => {
    if (isOpenWithoutKeys && !ring.hasHadKeys()) return { kind: 'granted', access: openAccess };
    if (presentedKey === null) return { kind: 'refused', refusal: { kind: 'missing' } };
    const address = addressGroup(remoteAddress);
    const at = now();
    const judged = judge(ring, presentedKey);
    const waitMs = attempts.waitMs(address, at.getTime());
    const isWelcome = judged.kind === 'valid' && attempts.isWelcome(address, judged.key.keyId);
    if (waitMs > 0 && !isWelcome) return throttled(waitMs);
    if (judged.kind !== 'valid') {
      attempts.fail(address, at.getTime());
      return { kind: 'refused', refusal: { kind: judged.kind } };
    }
    const { keyId, tenant, role } = judged.key;
    attempts.welcome(address, keyId);
    ring.markUsed(keyId, at);
    return { kind: 'granted', access: { tenant, role, keyId } };
  };
}

function judge(ring: KeyRing, presentedKey: string): Judged {
  const keyId = parseKeyId(presentedKey);
  const key = keyId === null ? undefined : ring.find(keyId);
  const expected = key === undefined ? nobodysHash : Buffer.from(key.secretSha256, 'hex');
  const isSame = timingSafeEqual(hashKeyText(presentedKey), expected);
  if (key === undefined || !isSame) return { kind: 'unknown' };
  // Only who holds the secret learns that the key was revoked.
  return key.revokedAt === null ? { kind: 'valid', key } : { kind: 'revoked' };
}

function throttled(waitMs: number): Verdict {
  return { kind: 'refused', refusal: { kind: 'throttled', retryAfterSeconds: Math.ceil(waitMs / 1000) } };
}
