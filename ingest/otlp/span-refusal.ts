import { isZero } from './batch-index.js';
import type { SpanRecord } from './span-record.js';

/** Why one span is not stored while its batch is, with the sentence the sender gets. */
export const spanRefusals = {
  'trace-id-length': 'the trace id is not 16 bytes (32 hex digits)',
  'trace-id-zero': 'the trace id is all zeros',
  'span-id-length': 'the span id is not 8 bytes (16 hex digits)',
  'span-id-zero': 'the span id is all zeros',
  'parent-id-length': 'the parent span id is not 8 bytes (16 hex digits)',
  'no-start-time': 'there is no start time',
  'no-end-time': 'there is no end time',
  'end-before-start': 'the end is more than a second before the start',
  'too-old': 'the start is older than what is kept (retention), or than 90 days',
  'in-future': 'the start or end is too far in the future',
  'too-deep': 'an attribute value nests deeper than 100 levels',
  'too-many-functions':
    'it is of a new function, and there are more than ingest.limits.functions already today',
  'too-many-events': 'there are more than 10000 events or links',
} as const satisfies Record<string, string>;

export type SpanRefusal = keyof typeof spanRefusals;

/** Spans that start in [fromMs, toMs) and end before toMs are taken; Unix milliseconds. */
export type TimeWindow = { readonly fromMs: number; readonly toMs: number };

/** Clocks are stepped back by their time service now and then; this much is forgiven and stored as a duration of 0. */
const forgivenStepNs = 1e9;

/** The SDK's limit is 128. */
const mostEvents = 10_000;

/** Strict where data would be garbage: null for a span worth storing. */
export function spanRefusal(span: SpanRecord, window: TimeWindow): SpanRefusal | null {
  if (span.traceId.length !== 16) return 'trace-id-length';
  if (isZero(span.bytes, span.traceId.start, span.traceId.end)) return 'trace-id-zero';
  if (span.spanId.length !== 8) return 'span-id-length';
  if (isZero(span.bytes, span.spanId.start, span.spanId.end)) return 'span-id-zero';
  if (span.parentId.length !== 0 && span.parentId.length !== 8) return 'parent-id-length';
  if (span.startLo === 0 && span.startHi === 0) return 'no-start-time';
  if (span.endLo === 0 && span.endHi === 0) return 'no-end-time';
  const start = startMs(span);
  if (start < window.fromMs) return 'too-old';
  if (start >= window.toMs || unixMs(span.endLo, span.endHi) >= window.toMs) return 'in-future';
  if (elapsedNs(span) < -forgivenStepNs) return 'end-before-start';
  return span.events.count > mostEvents || span.links.count > mostEvents ? 'too-many-events' : null;
}

/** Unix milliseconds. */
export function startMs({ startLo, startHi }: SpanRecord): number {
  return unixMs(startLo, startHi);
}

/** The span's duration; exact, because the window keeps it far below 2^53 ns (104 days). */
export function durationNs(span: SpanRecord): number {
  return Math.max(0, elapsedNs(span));
}

function elapsedNs(span: SpanRecord): number {
  return (span.endHi - span.startHi) * 4294967296 + (span.endLo - span.startLo);
}

function unixMs(lo: number, hi: number): number {
  return (hi * 4294967296 + lo) / 1e6;
}
