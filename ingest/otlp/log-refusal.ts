import type { LogRecord } from './log-record.js';
import type { TimeWindow } from './span-refusal.js';

/** Why one log record is not stored while its batch is, with the sentence the sender gets. */
export const logRefusals = {
  'trace-id-length': 'the trace id is neither 16 bytes (32 hex digits) nor absent',
  'span-id-length': 'the span id is neither 8 bytes (16 hex digits) nor absent',
  'too-old': 'the time is older than what is kept (retention), or than 90 days',
  'in-future': 'the time is too far in the future',
  'too-deep': 'the body or an attribute value nests deeper than 100 levels',
  'too-many-functions':
    'it is of a new function, and there are more than ingest.limits.functions already today',
} as const satisfies Record<string, string>;

export type LogRefusal = keyof typeof logRefusals;

/** Strict where data would be garbage: null for a record worth storing. Times and ids may be absent. */
export function logRefusal(record: LogRecord, window: TimeWindow): LogRefusal | null {
  if (record.traceId.length !== 0 && record.traceId.length !== 16) return 'trace-id-length';
  if (record.spanId.length !== 0 && record.spanId.length !== 8) return 'span-id-length';
  const time = record.at.isSet ? record.at : record.observedAt;
  if (time.isSet && time.ms < window.fromMs) return 'too-old';
  return time.isSet && time.ms >= window.toMs ? 'in-future' : null;
}
