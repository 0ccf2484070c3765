import type { Needs } from '../schemas/zod-http.js';

/** What the shell remembers of a registered route: enough for 405 answers and for the OpenAPI document. */
export type KnownRoute = {
  method: string;
  /** With fastify's placeholders: `/slos/:sloId`, `/assets/*`. */
  url: string;
  needs: Needs;
  summary: string | null;
  /** Content type of a successful answer. */
  produces: string;
  schema: {
    params?: unknown;
    querystring?: unknown;
    headers?: unknown;
    body?: unknown;
    response?: unknown;
  };
};

/** The methods some route answers at this path, in alphabetical order; empty when the path is unknown. */
export function methodsAt(routes: readonly KnownRoute[], path: string): string[] {
  const segments = path.split('/');
  const methods = routes.filter((route) => matches(route.url.split('/'), segments)).map((r) => r.method);
  return [...new Set(methods)].sort();
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  const hasWildcard = pattern.at(-1) === '*';
  if (hasWildcard ? segments.length < pattern.length : segments.length !== pattern.length) return false;
  return pattern.every((part, index) => {
    if (part === '*') return true;
    return part.includes(':') ? segments[index] !== '' : part === segments[index];
  });
}
