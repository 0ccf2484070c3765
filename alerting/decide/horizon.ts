const minuteMs = 60_000;

/** Telemetry later than this is not waited for: an alert ten minutes late helps nobody. */
export const longestDelayMs = 5 * minuteMs;
/** What was missed longer ago is not decided any more. */
const longestCatchUpMs = 24 * 60 * minuteMs;
/** A clock that goes back by less is waited for. */
const smallStepMs = 5 * minuteMs;

export type Plan = {
  /** Ends of the minutes to decide, in order. */
  minutes: number[];
  /** Minutes that were missed and stay undecided. */
  skippedMs: number;
};

/**
 * Which minutes are to be decided now: those since the last one that are over for as long as telemetry takes, in order. The
 * clock may have jumped: forward, the minutes between are decided one after the other; back, decisions go on from there, and
 * what was told already is not told again, because incidents are still there.
 */
export function planMinutes(facts: {
  decidedUntilMs: number | null;
  nowMs: number;
  /** When the ledger was last brought up to date. */
  ledgerMs: number;
  delayMs: number;
  most: number;
}): Plan {
  const { decidedUntilMs, nowMs, ledgerMs, delayMs, most } = facts;
  const late = Math.min(longestDelayMs, Math.max(0, delayMs));
  const horizonMs = Math.floor((Math.min(nowMs, ledgerMs) - late) / minuteMs) * minuteMs;
  if (decidedUntilMs === null) return { minutes: [horizonMs], skippedMs: 0 };
  if (decidedUntilMs - horizonMs > smallStepMs) return { minutes: [horizonMs], skippedMs: 0 };
  const fromMs = Math.max(decidedUntilMs, horizonMs - longestCatchUpMs);
  const minutes: number[] = [];
  for (let atMs = fromMs + minuteMs; atMs <= horizonMs && minutes.length < most; atMs += minuteMs)
    minutes.push(atMs);
  return { minutes, skippedMs: fromMs - decidedUntilMs };
}
