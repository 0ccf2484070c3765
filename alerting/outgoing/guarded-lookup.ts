import { type LookupAddress, promises } from 'node:dns';
import { isIP } from 'node:net';
import type { AddressGuard } from './address-guard.js';

/** A target that notices may not go to. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

export type ResolveHost = (host: string) => Promise<LookupAddress[]>;

export const resolveHost: ResolveHost = (host) => promises.lookup(host, { all: true });

/**
 * The addresses of a host that may be connected to. Whoever connects does so to one of these and asks nobody again, so a name
 * that stands for another address a moment later gains nothing.
 */
export async function allowedAddresses(
  host: string,
  isAllowed: AddressGuard,
  resolve: ResolveHost,
): Promise<LookupAddress[]> {
  const bare = host.replace(/^\[|\]$/g, '');
  const family = isIP(bare);
  const found = family === 0 ? await resolve(bare) : [{ address: bare, family }];
  const allowed = found.filter(({ address }) => isAllowed(address));
  if (allowed.length > 0) return allowed;
  const where = found.map(({ address }) => address).join(', ') || 'no address';
  throw new AddressRefused(
    `${bare} is ${where}, which is not public; allow it in alerting.outgoing.allow if notices may go there`,
  );
}
