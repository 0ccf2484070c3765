import { z } from 'zod';

/** Tenants separate customers of one installation; the name is the first key of every table. */
export const Tenant = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'a tenant is 1 to 63 lower-case letters, digits or hyphens')
  .brand<'Tenant'>();
export type Tenant = z.infer<typeof Tenant>;

/** The one tenant of an installation without keys. */
export const defaultTenant: Tenant = Tenant.parse('default');

/** Ingest may only send. Viewer reads, operator also acts (silence, acknowledge, deploy), admin also manages keys. */
export const Role = z.enum(['ingest', 'viewer', 'operator', 'admin']);
export type Role = z.infer<typeof Role>;

/** What an authenticated caller may do, and for whom. `keyId` is null on an open loopback installation. */
export type Access = { tenant: Tenant; role: Role; keyId: string | null };

/** Why a credential was refused. `throttled` means too many failures from that address. */
export type Refusal =
  | { kind: 'missing' }
  | { kind: 'unknown' }
  | { kind: 'revoked' }
  | { kind: 'throttled'; retryAfterSeconds: number };

export type Verdict = { kind: 'granted'; access: Access } | { kind: 'refused'; refusal: Refusal };

/** Decides who a presented key belongs to; `remoteAddress` is what failed attempts are counted by. */
export type Authorize = (presentedKey: string | null, remoteAddress: string) => Promise<Verdict>;

const allows: Record<Role, readonly Role[]> = {
  ingest: ['ingest'],
  viewer: ['viewer'],
  operator: ['viewer', 'operator'],
  admin: ['ingest', 'viewer', 'operator', 'admin'],
};

/** True when a holder of `held` may do what asks for `needed`. */
export function roleAllows(held: Role, needed: Role): boolean {
  return allows[held].includes(needed);
}
