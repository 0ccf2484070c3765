import { z } from 'zod';

/** Where to listen. Port 0 lets the system pick a free one. IPv6 addresses stand here without brackets. */
export type HostPort = { host: string; port: number };

export function formatHostPort({ host, port }: HostPort): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Only this machine can reach it. */
export function isLoopback({ host }: HostPort): boolean {
  return host.toLowerCase() === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Reads `127.0.0.1:8080`, `localhost:8080` or `[::1]:8080`; otherwise says what is wrong with it. */
export function parseHostPort(text: string): HostPort | { problem: string } {
  if (/^https?:\/\//i.test(text)) {
    return { problem: `must be host:port without "${text.slice(0, text.indexOf('//') + 2)}"` };
  }
  if (/^\d+$/.test(text)) return { problem: `must say which address too: "127.0.0.1:${text}"` };
  if (/^(\*|):\d+$/.test(text)) {
    const port = text.slice(text.indexOf(':') + 1);
    return {
      problem: `must say which address: "127.0.0.1:${port}" for this machine alone, "0.0.0.0:${port}" for every network`,
    };
  }
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed === null && (text.match(/:/g) ?? []).length > 1) {
    return { problem: 'must put an IPv6 address in brackets, such as "[::1]:8080"' };
  }
  const colon = text.lastIndexOf(':');
  const host = bracketed === null ? text.slice(0, colon === -1 ? text.length : colon) : (bracketed[1] ?? '');
  const port = bracketed === null ? (colon === -1 ? undefined : text.slice(colon + 1)) : bracketed[2];
  if (!isHost(host, bracketed !== null)) {
    return { problem: `has no valid host in ${JSON.stringify(text)}; write one such as "127.0.0.1:8080"` };
  }
  if (port === undefined || port === '')
    return { problem: `has no port in ${JSON.stringify(text)}; add one, such as ":8080"` };
  if (!/^\d+$/.test(port) || Number(port) > 65_535) {
    return { problem: `has port ${JSON.stringify(port)}, which is not a number from 0 to 65535` };
  }
  return { host, port: Number(port) };
}

function isHost(host: string, bracketed: boolean): boolean {
  if (bracketed) return z.ipv6().safeParse(host).success;
  if (/^[\d.]+$/.test(host)) return z.ipv4().safeParse(host).success;
  return z.hostname().safeParse(host).success;
}

/** An address to listen on: text in the file, host and port in the program. */
export const ListenAddress = z
  .string({ error: 'must be text such as "127.0.0.1:8080"' })
  .transform((text, context): HostPort => {
    const parsed = parseHostPort(text);
    if (!('problem' in parsed)) return parsed;
    context.addIssue(parsed.problem);
    return z.NEVER;
  });
