import { isIPv4, isIPv6 } from 'node:net';

/** True for names and addresses only this machine can reach: 127.0.0.0/8, ::1 and localhost. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (name === 'localhost') return true;
  const mapped = /^::ffff:([\d.]+)$/.exec(name)?.[1] ?? name;
  if (isIPv4(mapped)) return mapped.startsWith('127.');
  return isIPv6(name) && /^[0:]*:0*1$/.test(name);
}
