import { setTimeout as delay } from 'node:timers/promises';
import type { ClockFacts } from '../verdicts/clock.js';

const watchMs = 250;

/** Watches the wall clock against the monotonic one for a moment. */
export async function measureClock(now: () => Date, monotonicMs: () => number): Promise<ClockFacts> {
  const wallBefore = now().getTime();
  const before = monotonicMs();
  await delay(watchMs);
  const watchedMs = monotonicMs() - before;
  const nowMs = now().getTime();
  return { nowMs, watchedMs, driftMs: nowMs - wallBefore - watchedMs };
}
