import type { IncomingHttpHeaders } from 'node:http';
import { isLoopbackHost } from './loopback.js';

/** Host names an open installation answers under; `any` where the operator asked for it. */
export type OpenHosts = readonly string[] | 'any';

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Why an open installation must not answer under this Host header, or null. A foreign page can point its own name
 * at 127.0.0.1 (DNS rebinding) and would then read everything; the Host header still tells its name.
 */
export function foreignHostReason(hostHeader: string | undefined, allowed: OpenHosts): string | null {
  if (allowed === 'any') return null;
  const name = hostName(hostHeader ?? '');
  if (name !== null && (isLoopbackHost(name) || allowed.includes(name))) return null;
  return `This installation has no API keys and answers only under localhost, not under "${hostHeader ?? ''}".`;
}

/**
 * Why a request that changes something must not come from this page, or null. Browsers send cookies, and reach
 * loopback, on behalf of any page; programs send neither header and are let through.
 */
export function foreignPageReason(method: string, headers: IncomingHttpHeaders): string | null {
  if (safeMethods.includes(method)) return null;
  const site = headers['sec-fetch-site'];
  if (site !== undefined)
    return site === 'same-origin' || site === 'none'
      ? null
      : `A page of another site (${String(site)}) may not send this request.`;
  const { origin, host } = headers;
  if (origin === undefined || originHost(origin) === host?.toLowerCase()) return null;
  return `A page from ${origin} may not send this request to ${host ?? 'this host'}.`;
}

function originHost(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/** The name without its port; null when the header is not a host. */
function hostName(header: string): string | null {
  return URL.canParse(`http://${header}`) && !/[/?#@\\]/.test(header)
    ? new URL(`http://${header}`).hostname
    : null;
}
