import { z } from 'zod';
import { ApiKey, ApiKeys, CreatedApiKey } from '../../schemas/api-key.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import type { KeyAdmin } from './key-admin.js';

type RemoteOptions = {
  /** Of the web port: http://127.0.0.1:8080 */
  url: string;
  /** An admin key; null for an installation that has no keys yet. */
  key: string | null;
  fetch: typeof globalThis.fetch;
  timeoutMs: number;
};

type Call = { method: string; path: string; body?: unknown };

/** Administers keys through a running server, which holds the data directory for itself. */
export function remoteKeyAdmin(options: RemoteOptions): KeyAdmin {
  return {
    create: (wanted) => call(options, { method: 'POST', path: 'keys', body: wanted }, CreatedApiKey),
    list: async () => (await call(options, { method: 'GET', path: 'keys' }, ApiKeys)).keys,
    revoke: async (keyId) => {
      try {
        return await call(options, { method: 'DELETE', path: `keys/${encodeURIComponent(keyId)}` }, ApiKey);
      } catch (error) {
        if (error instanceof ProblemError && error.code === 'NOT_FOUND') return null;
        throw error;
      }
    },
  };
}

async function call<Answer>(
  { url, key, fetch, timeoutMs }: RemoteOptions,
  { method, path, body }: Call,
  answer: z.ZodType<Answer>,
): Promise<Answer> {
  const target = new URL(`/api/v1/${path}`, url);
  const headers = new Headers(key === null ? {} : { authorization: `Bearer ${key}` });
  if (body !== undefined) headers.set('content-type', 'application/json');
  const signal = AbortSignal.timeout(timeoutMs);
  let response: Response;
  let json: unknown;
  try {
    const init = { method, headers, signal, redirect: 'error' } as const;
    response = await fetch(target, body === undefined ? init : { ...init, body: JSON.stringify(body) });
    json = await response.json();
  } catch (cause) {
    throw new ProblemError('UNAVAILABLE', `No Coldburn answers at ${url} (${reason(cause)}).`, { cause });
  }
  if (!response.ok) {
    const problem = Problem.safeParse(json);
    if (problem.success) throw new ProblemError(problem.data.code, problem.data.message);
    throw new ProblemError('UNAVAILABLE', `${url} answers ${response.status}, and not as Coldburn does.`);
  }
  const parsed = answer.safeParse(json);
  if (parsed.success) return parsed.data;
  const text = z.prettifyError(parsed.error);
  throw new ProblemError(
    'UNAVAILABLE',
    `${url} answers something else than a Coldburn of this version: ${text}`,
  );
}

/** fetch hides the reason a connection failed in the cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
