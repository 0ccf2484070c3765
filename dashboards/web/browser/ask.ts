import type { z } from 'zod';
import { Problem } from '../../../schemas/problem.js';
import type { Failure } from '../panel-state.js';

export type Answer<Data> =
  | { kind: 'ok'; data: Data }
  | { kind: 'signed-out' }
  | { kind: 'failed'; failure: Failure };

const timeoutMs = 20_000;

/** Asks the API, and turns everything that can go wrong into words. Rejects only when `signal` aborts. */
export async function ask<Data>(
  url: string,
  schema: z.ZodType<Data>,
  signal: AbortSignal,
): Promise<Answer<Data>> {
  const tooLong = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, tooLong]) });
    if (response.status === 401) return { kind: 'signed-out' };
    const body: unknown = await response.json();
    return response.ok ? understood(schema, body) : refused(response, body);
  } catch (cause) {
    if (signal.aborted) throw cause;
    return { kind: 'failed', failure: tooLong.aborted ? slow : unreachable };
  }
}

/** Changes something. A refusal says why, in words; `body` left out sends none. */
export async function send<Data>(
  method: 'POST' | 'PUT' | 'DELETE',
  url: string,
  schema: z.ZodType<Data>,
  body?: unknown,
): Promise<Answer<Data>> {
  try {
    const response = await fetch(url, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status === 401) return { kind: 'signed-out' };
    const answer: unknown = response.status === 204 ? undefined : await response.json();
    return response.ok ? understood(schema, answer) : refused(response, answer);
  } catch {
    return { kind: 'failed', failure: unreachable };
  }
}

/** Signs in with an API key; the answer is a cookie the page never sees. */
export async function signIn(key: string): Promise<Failure | null> {
  try {
    const response = await fetch('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key }),
    });
    if (response.ok) return null;
    return failureOf(response.status, await response.json());
  } catch {
    return unreachable;
  }
}

const unreachable: Failure = {
  message: 'Coldburn does not answer',
  remedy: 'Check that it is running and that this machine can reach it.',
  requestId: null,
};

const slow: Failure = {
  message: `No answer within ${timeoutMs / 1000} seconds`,
  remedy: 'Ask for a shorter time range, or look at the load of the server.',
  requestId: null,
};

function understood<Data>(schema: z.ZodType<Data>, body: unknown): Answer<Data> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return { kind: 'ok', data: parsed.data };
  const failure = {
    message: 'This page does not understand the answer of the server',
    remedy: 'Reload the page: Coldburn was probably updated since it was opened.',
    requestId: null,
  };
  return { kind: 'failed', failure };
}

function refused(response: Response, body: unknown): Answer<never> {
  return { kind: 'failed', failure: failureOf(response.status, body) };
}

function failureOf(status: number, body: unknown): Failure {
  const problem = Problem.safeParse(body);
  if (problem.success) return problem.data;
  return {
    message: `The server answered ${status} without saying why`,
    remedy: 'If a proxy stands in front of Coldburn, look at its log.',
    requestId: null,
  };
}
