import { type Authorize, roleAllows, type Tenant } from '../../schemas/access.js';
import type { Admission } from '../admission.js';
import { OtlpRefusal, retryLater } from '../http/otlp-refusal.js';
import type { TenantRates } from './tenant-rates.js';

export type AdmitDeps = {
  authorize: Authorize;
  /** Names this process in the telemetry it sends about itself. */
  ownOrigin: string;
  admission: () => Admission;
  rates: TenantRates;
  nowMs: () => number;
};

export type Caller = {
  key: string | null;
  remoteAddress: string;
  /** Whose telemetry it says to be. */
  origin: string | undefined;
  /** What to say to a caller without a key. */
  keyHint: string;
};

export const bearerHint = 'send "Authorization: Bearer …" or "x-api-key"';

/** Decides, before any of a body is read, for whom it would be stored; throws the refusal when it would not. */
export async function admit(deps: AdmitDeps, caller: Caller): Promise<Tenant> {
  if (caller.origin === deps.ownOrigin) {
    throw new OtlpRefusal(
      'own-telemetry',
      'telemetry.endpoint points at this very process; name another one',
    );
  }
  const tenant = await grantedTenant(deps.authorize, caller);
  const admission = deps.admission();
  if (admission.kind === 'closed') {
    throw retryLater('closed', admission.reason, admission.retryAfterSeconds).ofTenant(tenant);
  }
  const seconds = deps.rates.waitSeconds(tenant, deps.nowMs());
  if (seconds > 0) {
    const sentence = `Tenant "${tenant}" sends more than ingest.limits allow`;
    throw retryLater('over-rate', sentence, seconds).ofTenant(tenant);
  }
  return tenant;
}

async function grantedTenant(authorize: Authorize, { key, remoteAddress, keyHint }: Caller): Promise<Tenant> {
  const verdict = await authorize(key, remoteAddress);
  if (verdict.kind === 'granted') {
    if (roleAllows(verdict.access.role, 'ingest')) return verdict.access.tenant;
    throw new OtlpRefusal('forbidden', `The key's role "${verdict.access.role}" may not send telemetry`);
  }
  const { refusal } = verdict;
  switch (refusal.kind) {
    case 'throttled':
      throw retryLater('throttled', 'Too many failed attempts from this address', refusal.retryAfterSeconds);
    case 'missing':
      throw unauthenticated(`An API key is needed: ${keyHint}`);
    case 'revoked':
      throw unauthenticated('This API key was revoked');
    case 'unknown':
      throw unauthenticated('This API key is unknown');
  }
}

function unauthenticated(message: string): OtlpRefusal {
  return new OtlpRefusal('unauthenticated', message, { 'www-authenticate': 'Bearer' });
}
