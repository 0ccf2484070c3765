import { z } from 'zod';
import { judgeResponse } from './judge-response.js';
import type { Exchange, OutRequest } from './receiver.js';
import { TrackerError } from './tracker.js';

/** Asks a tracker and reads its answer; what it refuses, and an answer that is none, is a TrackerError. */
export async function callTracker<Answer>(
  exchange: Exchange,
  request: OutRequest,
  nowMs: number,
  schema: z.ZodType<Answer>,
): Promise<Answer> {
  const response = await exchange(request);
  const outcome = judgeResponse(response, nowMs);
  if (outcome.kind === 'failed') throw new TrackerError(outcome);
  const parsed = schema.safeParse(jsonOf(response.text));
  if (parsed.success) return parsed.data;
  throw new TrackerError({
    kind: 'failed',
    says: `HTTP ${response.status}, and not what this tracker answers: ${z.prettifyError(parsed.error).slice(0, 200)}`,
    isLasting: false,
    waitMs: null,
  });
}

function jsonOf(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
