import { timingSafeEqual } from 'node:crypto';
import { type Authorize, defaultTenant } from '../../../schemas/access.js';

/**
 * Lets the fleet of this very process send, with a secret that lives as long as the process: it is no API key, so the
 * installation stays open or closed as it was, and nothing has to be revoked afterwards.
 */
export function allowFleet(authorize: Authorize, secret: string): Authorize {
  const expected = Buffer.from(secret);
  return async (presentedKey, remoteAddress) => {
    const presented = Buffer.from(presentedKey ?? '');
    if (presented.length === expected.length && timingSafeEqual(presented, expected))
      return { kind: 'granted', access: { tenant: defaultTenant, role: 'ingest', keyId: 'demo-fleet' } };
    return authorize(presentedKey, remoteAddress);
  };
}
