import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ExportRequest } from '../send/encode-requests.js';

export type Target = { url: string; key: string | null };
export type SendDeps = {
  fetch: typeof fetch;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** `rejectedSpans` is what a partial success said. */
export type SendResult =
  | { kind: 'stored'; rejectedSpans: number }
  | { kind: 'refused'; status: number; message: string }
  | { kind: 'unreachable'; message: string };

const retryable = new Set([429, 502, 503, 504]);
const maxAttempts = 5;
const timeoutMs = 15_000;

/** Sends one request as a patient exporter does: again on 429, 502, 503 and 504, after what Retry-After says. */
export async function sendRequest(
  { url, key }: Target,
  request: ExportRequest,
  signal: AbortSignal,
  deps: SendDeps,
): Promise<SendResult> {
  const headers: Record<string, string> = {
    'content-type': request.contentType,
    'user-agent': request.userAgent,
  };
  if (key !== null) headers['authorization'] = `Bearer ${key}`;
  let result: SendResult = { kind: 'unreachable', message: 'the fleet was told to stop' };
  for (let attempt = 1; attempt <= maxAttempts && !signal.aborted; attempt++) {
    let delayMs = 250 * 2 ** attempt;
    try {
      const response = await deps.fetch(new URL('/v1/traces', url), {
        method: 'POST',
        headers,
        body: new Uint8Array(request.body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      const answer = new Uint8Array(await response.arrayBuffer());
      if (response.ok) return { kind: 'stored', rejectedSpans: rejectedSpans(request.contentType, answer) };
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

function rejectedSpans(contentType: ExportRequest['contentType'], answer: Uint8Array): number {
  const serializer = contentType === 'application/json' ? JsonTraceSerializer : ProtobufTraceSerializer;
  return Number(serializer.deserializeResponse(answer).partialSuccess?.rejectedSpans ?? 0);
}

/** The message inside a google.rpc.Status of either encoding, roughly. */
function readable(answer: Uint8Array): string {
  const text = new TextDecoder().decode(answer);
  return [...text]
    .filter((char) => char >= ' ' && char !== '\ufffd')
    .join('')
    .slice(0, 300);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
