import type { IncomingHttpHeaders } from 'node:http';

/** The API key of a request: `Authorization: Bearer …`, or `x-api-key` for senders that cannot set the former. */
export function presentedKey(headers: IncomingHttpHeaders): string | null {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const key = headers['x-api-key'];
  return typeof key === 'string' && key !== '' ? key : null;
}
