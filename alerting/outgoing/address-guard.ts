import { BlockList, isIP, isIPv4 } from 'node:net';

/** Addresses that are not out in the public: this machine, private networks, link-local (where clouds keep credentials), reserved ones. */
const notPublic: readonly [network: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

export type AddressGuard = (address: string) => boolean;

/** Says of an address whether notices may go there. `allow` holds addresses and networks such as 10.1.0.0/16. */
export function addressGuard(allow: readonly string[]): AddressGuard {
  const refused = listOf(notPublic);
  const allowed = listOf(allow.flatMap((text) => networkOf(text) ?? []));
  return (given) => {
    const address = plainAddress(given);
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    return isIP(address) !== 0 && (allowed.check(address, family) || !refused.check(address, family));
  };
}

/** An address or a network; null when it is neither. */
export function networkOf(text: string): [[network: string, prefix: number]] | null {
  const [network = '', prefix] = text.split('/');
  const family = isIP(network);
  const bits = family === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  return family === 0 || !(length >= 0 && length <= bits) ? null : [[network, length]];
}

function listOf(networks: readonly [network: string, prefix: number][]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks)
    list.addSubnet(network, prefix, isIPv4(network) ? 'ipv4' : 'ipv6');
  return list;
}

/** An IPv4 address in the clothes of IPv6 (::ffff:10.0.0.1) is judged as what it is. */
function plainAddress(address: string): string {
  const mapped = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i.exec(address);
  if (mapped === null) return address.replace(/%.*$/, '');
  if (mapped[1] !== undefined) return mapped[1];
  const [high, low] = [mapped[2] ?? '0', mapped[3] ?? '0'].map((part) => Number.parseInt(part, 16));
  return [(high ?? 0) >> 8, (high ?? 0) & 255, (low ?? 0) >> 8, (low ?? 0) & 255].join('.');
}
