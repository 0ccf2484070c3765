import type { Invocation, Outcome } from './invocation.js';
import { matchesAny } from './rules/glob.js';
import { conditionFor, type FunctionOutcome } from './rules/outcome-rules.js';
import { type SpanFacts, spanStatuses, type ThrownError } from './span-facts.js';

/** What a platform says when it ended the run itself. Matched against error type and message, first match wins. */
const platformEnds: readonly { pattern: RegExp; outcome: Outcome }[] = [
  {
    pattern:
      /^(Sandbox\.Timedout|Function\.Timeout|([\w.]+\.)?FunctionTimeoutException)$|Task timed out after/,
    outcome: 'timeout',
  },
  { pattern: /^Runtime\.OutOfMemory$|OutOfMemory|heap out of memory|signal: killed/, outcome: 'oom' },
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

export function cloudflareOutcome(told: string): Outcome {
  return cloudflareOutcomes[told] ?? 'error';
}

/** Messages are for reading in a list; the span keeps the whole text. */
const maxMessageLength = 1024;

/**
 * Judges how an invocation ended: a configured condition first, then the platform's own word, then an error status, then
 * an exception that left the handler, then an error answered over HTTP. `bareExceptionFails` is for platforms whose SDK
 * leaves the status unset although the handler threw (the Node instrumentation for Lambda does so when the error has no
 * message).
 */
export function judge(
  invocation: Invocation,
  span: SpanFacts,
  bareExceptionFails: boolean,
  rule: FunctionOutcome | null,
): void {
  const { httpStatus } = invocation;
  const thrown = span.exception();
  const errorType = span.attributes.text('error.type') ?? thrown?.type ?? '';
  const end = (outcome: Outcome, type: string) => {
    invocation.outcome = outcome;
    if (outcome === 'ok') return;
    invocation.errorType = type;
    invocation.errorMessage = (span.statusMessage() || thrown?.message || '').slice(0, maxMessageLength);
  };
  const condition = rule === null ? null : conditionFor(rule, span.attributes);
  if (condition !== null) {
    end(condition.outcome, condition.errorType || errorType || httpError(httpStatus));
    return;
  }
  const told = span.attributes.text('cloudflare.outcome');
  if (told !== null && told !== 'ok' && !isIgnored(rule, errorType)) {
    end(cloudflareOutcome(told), errorType || told);
    return;
  }
  const httpFails = rule?.httpErrors?.(httpStatus) ?? httpStatus >= 500;
  if (span.status === spanStatuses.error || threw(span, thrown, bareExceptionFails)) {
    const isOnlyHttp = rule?.httpErrors != null && httpStatus !== 0 && isHttpError(errorType, thrown, span);
    if (!isIgnored(rule, errorType) && (httpFails || !isOnlyHttp)) {
      end(platformEnd(span, thrown, errorType) ?? 'error', errorType || httpError(httpStatus));
      return;
    }
  }
  if (httpFails && !isIgnored(rule, httpError(httpStatus))) end('error', errorType || httpError(httpStatus));
}

function platformEnd(span: SpanFacts, thrown: ThrownError | null, errorType: string): Outcome | null {
  const message = span.statusMessage() || thrown?.message || '';
  const ended = platformEnds.find(({ pattern }) => pattern.test(errorType) || pattern.test(message));
  return ended?.outcome ?? null;
}

/** Instrumentations mark a span as failed for a 5xx alone; then a configured set of statuses knows better. */
function isHttpError(errorType: string, thrown: ThrownError | null, span: SpanFacts): boolean {
  return thrown === null && span.statusMessage() === '' && (errorType === '' || /^\d{3}$/.test(errorType));
}

function isIgnored(rule: FunctionOutcome | null, errorType: string): boolean {
  return rule !== null && errorType !== '' && matchesAny(rule.ignoredErrors, errorType);
}

function threw(span: SpanFacts, thrown: ThrownError | null, bareExceptionFails: boolean): boolean {
  if (thrown === null || span.status === spanStatuses.ok) return false;
  return bareExceptionFails || thrown.escaped === true;
}

/** The convention names an HTTP failure by its status: error.type "503". */
function httpError(httpStatus: number): string {
  return httpStatus >= 400 ? String(httpStatus) : '';
}
