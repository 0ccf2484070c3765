import { z } from 'zod';
import { Problem, ProblemError } from '../schemas/problem.js';

/** A running Coldburn, as its own command line reaches it. */
export type ApiTarget = {
  /** Of the web port: http://127.0.0.1:8080 */
  url: string;
  /** Null for an installation that has no keys yet. */
  key: string | null;
  fetch: typeof globalThis.fetch;
  timeoutMs: number;
};

/** `path` is what follows /api/v1/. */
export type ApiCall = { method: string; path: string; body?: unknown };

/** Calls the API of a running Coldburn; whatever goes wrong is a ProblemError with a sentence. */
export async function callApi<Answer>(
  { url, key, fetch, timeoutMs }: ApiTarget,
  { method, path, body }: ApiCall,
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
