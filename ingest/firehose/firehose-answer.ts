import { Buffer } from 'node:buffer';

/** Longer sentences make Firehose treat the answer as garbage. */
const maxMessageLength = 8192;

/** The answer Firehose insists on, byte for byte JSON with the id of its request; an error message only for a refusal. */
export function firehoseAnswer(requestId: string | null, nowMs: number, errorMessage: string | null): Buffer {
  const answer = { requestId: requestId ?? '', timestamp: Math.floor(nowMs) };
  const error = errorMessage === null ? {} : { errorMessage: errorMessage.slice(0, maxMessageLength) };
  return Buffer.from(JSON.stringify({ ...answer, ...error }));
}
