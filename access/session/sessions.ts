import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Access } from '../../schemas/access.js';
import type { StoredKey } from '../keys/fold-keys.js';

type SessionDeps = {
  /** At least 32 bytes; the same in every process that serves this installation. */
  secret: Uint8Array;
  find: (keyId: string) => StoredKey | undefined;
  now: () => Date;
  /** How long a browser stays signed in. */
  lifetimeMs: number;
};

/** Signed-in browsers. Nothing is stored: the token names its key and is signed, the key decides at each use. */
export interface Sessions {
  readonly lifetimeMs: number;
  issue(key: { keyId: string; tenant: string }): string;
  /** Null when the token is forged, has expired, or its key was revoked. */
  verify(token: string): Access | null;
}

export function createSessions({ secret, find, now, lifetimeMs }: SessionDeps): Sessions {
  const sign = (body: string) => createHmac('sha256', secret).update(body).digest();
  return {
    lifetimeMs,
    issue({ keyId, tenant }) {
      const body = `v1.${keyId}.${tenant}.${now().getTime() + lifetimeMs}`;
      return `${body}.${sign(body).toString('base64url')}`;
    },
    verify(token) {
      const [version, keyId = '', tenant, expiry, signature = '', ...rest] = token.split('.');
      if (version !== 'v1' || rest.length > 0) return null;
      const expected = sign(`v1.${keyId}.${tenant}.${expiry}`);
      const given = Buffer.from(signature, 'base64url');
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
      // Only what we signed gets here, so the expiry is a number.
      if (now().getTime() >= Number(expiry)) return null;
      const key = find(keyId);
      if (key === undefined || key.revokedAt !== null || key.tenant !== tenant) return null;
      return { tenant: key.tenant, role: key.role, keyId };
    },
  };
}
