import type { Outcome, OutResponse } from './receiver.js';

const longestWaitMs = 3_600_000;

/** What an answer means: arrived, to be tried again, or refused. */
export function judgeResponse(
  response: OutResponse,
  nowMs: number,
  reference: string | null = null,
): Outcome {
  const { status } = response;
  if (status >= 200 && status < 300) return { kind: 'delivered', reference, says: `HTTP ${status}` };
  return {
    kind: 'failed',
    says: `HTTP ${status}${excerpt(response.text)}`,
    isLasting: status >= 300 && status < 500 && ![408, 409, 425, 429].includes(status),
    waitMs: retryAfterMs(response.retryAfter, nowMs),
  };
}

/** Seconds or a date (RFC 9110); an hour at most, so that nobody can silence us for good. */
export function retryAfterMs(text: string | null, nowMs: number): number | null {
  if (text === null) return null;
  const ms = /^\d{1,9}$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  if (!Number.isFinite(ms)) return null;
  return Math.min(longestWaitMs, Math.max(0, ms));
}

function excerpt(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return line === '' ? '' : `: ${line.slice(0, 200)}`;
}
