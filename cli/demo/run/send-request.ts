import { type ExportRequest, pathOf } from '../send/export-request.js';
import { readable, rejectedItems } from './read-answer.js';

export type Target = { url: string; key: string | null };
export type SendDeps = {
  fetch: typeof fetch;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** `rejectedItems` is what a partial success said. */
export type SendResult =
  | { kind: 'stored'; rejectedItems: number }
  | { kind: 'refused'; status: number; message: string }
  | { kind: 'unreachable'; message: string };

const retryable = new Set([429, 502, 503, 504]);
export const maxAttempts = 5;
const timeoutMs = 15_000;

/** Sends one request as a patient exporter does: again on 429, 502, 503 and 504, after what Retry-After says. */
export async function sendRequest(
  { url, key }: Target,
  request: ExportRequest,
  signal: AbortSignal,
  deps: SendDeps,
): Promise<SendResult> {
  const headers = headersOf(request, key);
  let result: SendResult = { kind: 'unreachable', message: 'the fleet was told to stop' };
  for (let attempt = 1; attempt <= maxAttempts && !signal.aborted; attempt++) {
    let delayMs = 250 * 2 ** attempt;
    try {
      const response = await deps.fetch(new URL(pathOf(request), url), {
        method: 'POST',
        headers,
        body: new Uint8Array(request.body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      const answer = new Uint8Array(await response.arrayBuffer());
      if (response.ok) return { kind: 'stored', rejectedItems: rejectedItems(request, answer) };
      result = { kind: 'refused', status: response.status, message: readable(answer) };
      if (!retryable.has(response.status)) return result;
      delayMs = Number(response.headers.get('retry-after') ?? 0) * 1000 || delayMs;
    } catch (error) {
      result = { kind: 'unreachable', message: reasonOf(error) };
    }
    if (attempt < maxAttempts) await deps.wait(delayMs, signal);
  }
  return result;
}

function headersOf(
  { by, contentType, userAgent, requestId }: ExportRequest,
  key: string | null,
): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': contentType, 'user-agent': userAgent };
  if (by === 'firehose') {
    headers['x-amz-firehose-protocol-version'] = '1.0';
    headers['x-amz-firehose-request-id'] = requestId ?? '';
    if (key !== null) headers['x-amz-firehose-access-key'] = key;
  } else if (key !== null) headers['authorization'] = `Bearer ${key}`;
  return headers;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
