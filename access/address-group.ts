import { isIPv4, isIPv6 } from 'node:net';

/**
 * What failed attempts are counted by: an IPv4 address, or the /64 an IPv6 address is in, because one customer of
 * a provider owns a whole /64 and could take a new address for every guess.
 */
export function addressGroup(remoteAddress: string): string {
  const address = remoteAddress.replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:([\d.]+)$/.exec(address)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  // A dotted quad at the end fills two groups.
  const written = [...before, ...after].reduce((count, part) => count + (part.includes('.') ? 2 : 1), 0);
  const groups = [...before, ...Array<string>(tail === undefined ? 0 : 8 - written).fill('0'), ...after];
  const network = groups.slice(0, 4).map((part) => Number.parseInt(part, 16).toString(16));
  return `${network.join(':')}::/64`;
}
