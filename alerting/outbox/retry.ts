import type { Outcome } from '../receivers/receiver.js';

const secondMs = 1_000;
const minuteMs = 60_000;

/** A notice that waits to be delivered. */
export type Pending = {
  id: string;
  threadId: string;
  sequence: number;
  receiver: string;
  plannedAtMs: number;
  /** How often it was tried. */
  attempts: number;
  /** Not before. */
  dueAtMs: number;
};

/** How a receiver has been answering. */
export type ReceiverHealth = {
  failuresInARow: number;
  /** Nothing is tried before: it is not answering. Zero when it is. */
  openUntilMs: number;
  /** When notices were sent, within the last minute. */
  sentAtMs: readonly number[];
};

export const healthy: ReceiverHealth = { failuresInARow: 0, openUntilMs: 0, sentAtMs: [] };

const longestDelayMs = 5 * minuteMs;
/** After so many failures in a row, of whichever notices, a receiver is left alone for a while. */
const circuitAfter = 5;

/**
 * How long a notice that failed waits: somewhere below a bound that doubles with each attempt (full jitter), so that many do
 * not come back together. What is refused for good by the look of it is asked more rarely, since somebody has to act first.
 */
export function delayAfter(
  attempts: number,
  outcome: Outcome & { kind: 'failed' },
  random: () => number,
): number {
  const boundMs = Math.min(longestDelayMs, secondMs * 2 ** Math.min(20, attempts));
  const jittered = outcome.isLasting ? longestDelayMs * (1 + random()) : boundMs * random();
  return Math.round(Math.max(outcome.waitMs ?? 0, jittered));
}

export function healthAfter(
  health: ReceiverHealth,
  outcome: Outcome,
  nowMs: number,
  random: () => number,
): ReceiverHealth {
  const sentAtMs = [...health.sentAtMs.filter((ms) => ms > nowMs - minuteMs), nowMs];
  if (outcome.kind === 'delivered') return { ...healthy, sentAtMs };
  // A receiver that refuses one notice may take the next.
  const failuresInARow = outcome.isLasting ? health.failuresInARow : health.failuresInARow + 1;
  const asked = outcome.waitMs === null ? 0 : nowMs + outcome.waitMs;
  if (failuresInARow < circuitAfter) return { failuresInARow, openUntilMs: asked, sentAtMs };
  const boundMs = Math.min(longestDelayMs, 10 * secondMs * 2 ** Math.min(10, failuresInARow - circuitAfter));
  return {
    failuresInARow,
    openUntilMs: Math.max(asked, nowMs + boundMs / 2 + (boundMs / 2) * random()),
    sentAtMs,
  };
}

/** Whether a receiver may be sent something now: it answers, and its limit is not reached. */
export function mayReceive(
  { openUntilMs, sentAtMs }: ReceiverHealth,
  perMinute: number,
  nowMs: number,
): boolean {
  if (nowMs < openUntilMs) return false;
  return sentAtMs.filter((ms) => ms > nowMs - minuteMs).length < perMinute;
}

/** What a receiver is sent next: the oldest that is due and has nothing of its thread before it. */
export function nextFor(pending: Iterable<Pending>, nowMs: number): Pending | null {
  const heads = new Map<string, Pending>();
  for (const one of pending) {
    const head = heads.get(one.threadId);
    if (head === undefined || one.sequence < head.sequence) heads.set(one.threadId, one);
  }
  let next: Pending | null = null;
  for (const one of heads.values())
    if (one.dueAtMs <= nowMs && (next === null || isBefore(one, next))) next = one;
  return next;
}

function isBefore(one: Pending, other: Pending): boolean {
  if (one.plannedAtMs !== other.plannedAtMs) return one.plannedAtMs < other.plannedAtMs;
  return one.id < other.id;
}
