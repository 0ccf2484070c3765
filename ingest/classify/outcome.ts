import type { Outcome } from './invocation.js';
import { type SpanFacts, spanStatuses, type ThrownError } from './span-facts.js';

export type Judgement = { outcome: Outcome; errorType: string; errorMessage: string };

/** What a platform says when it ended the run itself. Matched against error type and message, first match wins. */
const platformEnds: readonly { pattern: RegExp; outcome: Outcome }[] = [
  {
    pattern:
      /^(Sandbox\.Timedout|Function\.Timeout|([\w.]+\.)?FunctionTimeoutException)$|Task timed out after/,
    outcome: 'timeout',
  },
  { pattern: /^Runtime\.OutOfMemory$|OutOfMemory|signal: killed/, outcome: 'oom' },
];

/** `cloudflare.outcome` as Workers report it; what is not here counts as an error. */
const cloudflareOutcomes: Readonly<Record<string, Outcome>> = {
  ok: 'ok',
  canceled: 'ok',
  responseStreamDisconnected: 'ok',
  exceededCpu: 'timeout',
  exceededWallTime: 'timeout',
  exceededMemory: 'oom',
  loadShed: 'throttled',
};

/** Messages are for reading in a list; the span keeps the whole text. */
const maxMessageLength = 1024;

/**
 * Judges how an invocation ended: the platform's own word first, then an error status, then an exception that left the
 * handler, then a server error answered over HTTP. `bareExceptionFails` is for platforms whose SDK leaves the status
 * unset although the handler threw (the Node instrumentation for Lambda does so when the error has no message).
 */
export function judge(span: SpanFacts, httpStatus: number, bareExceptionFails: boolean): Judgement {
  const thrown = span.exception();
  const errorType = span.attributes.text('error.type') ?? thrown?.type ?? '';
  const errorMessage = (span.statusMessage() || thrown?.message || '').slice(0, maxMessageLength);
  const told = span.attributes.text('cloudflare.outcome');
  if (told !== null && told !== 'ok') {
    const outcome = cloudflareOutcomes[told] ?? 'error';
    return outcome === 'ok' ? ok : { outcome, errorType: errorType || told, errorMessage };
  }
  if (span.status === spanStatuses.error || threw(span, thrown, bareExceptionFails)) {
    const ended = platformEnds.find(({ pattern }) => pattern.test(errorType) || pattern.test(errorMessage));
    return {
      outcome: ended?.outcome ?? 'error',
      errorType: errorType || httpError(httpStatus),
      errorMessage,
    };
  }
  if (httpStatus < 500) return ok;
  return { outcome: 'error', errorType: errorType || httpError(httpStatus), errorMessage };
}

const ok: Judgement = { outcome: 'ok', errorType: '', errorMessage: '' };

function threw(span: SpanFacts, thrown: ThrownError | null, bareExceptionFails: boolean): boolean {
  if (thrown === null || span.status === spanStatuses.ok) return false;
  return bareExceptionFails || thrown.escaped === true;
}

/** The convention names an HTTP failure by its status: error.type "503". */
function httpError(httpStatus: number): string {
  return httpStatus >= 400 ? String(httpStatus) : '';
}
