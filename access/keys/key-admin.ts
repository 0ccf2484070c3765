import type { Tenant } from '../../schemas/access.js';
import type { ApiKey, CreatedApiKey, NewApiKey } from '../../schemas/api-key.js';

/** Creating, listing and revoking keys: straight in the store, or through a running server. */
export interface KeyAdmin {
  create(wanted: NewApiKey): Promise<CreatedApiKey>;
  /** Revoked keys too, oldest first. */
  list(): Promise<ApiKey[]>;
  /** Null when there is no such key. Revoking a revoked key changes nothing. */
  revoke(keyId: string): Promise<ApiKey | null>;
}

/** Whose keys an admin sees: those of one tenant, or, with the store in hand, all. */
export type AdminScope = { actor: string; tenant: Tenant | null };
