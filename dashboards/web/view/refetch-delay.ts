/** At most two a second, and never more than half of the time spent asking: large answers are asked for less often. */
const leastGapMs = 500;

/** How long to wait before asking again, so that `startedAgoMs` ago plus the wait keeps the pace. */
export function refetchDelay(startedAgoMs: number, lastTookMs: number): number {
  return Math.max(0, Math.max(leastGapMs, 2 * lastTookMs) - startedAgoMs);
}
