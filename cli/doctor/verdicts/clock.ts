import { type Check, fail, ok, warn } from '../check.js';

export type ClockFacts = {
  nowMs: number;
  /** How much the wall clock moved against the monotonic one while it was watched. */
  driftMs: number;
  watchedMs: number;
};

/** Slewing by NTP is at most 0.05 %; a jump is far above this. */
const mostDriftMs = 50;

export function clockVerdict({ nowMs, driftMs, watchedMs }: ClockFacts): Check {
  const year = new Date(nowMs).getUTCFullYear();
  const at = new Date(nowMs).toISOString();
  const remedy = 'synchronise the clock (chronyd or systemd-timesyncd)';
  if (year < 2025 || year > 2100) return fail('clock', `the clock says ${at}`, remedy);
  if (Math.abs(driftMs) > mostDriftMs) {
    const jumped = `the clock moved ${Math.round(driftMs)} ms too far in ${Math.round(watchedMs)} ms`;
    return warn('clock', jumped, `${remedy}, and see what else sets it`);
  }
  return ok('clock', `${at}, steady`);
}

/** `skewMs` is the server's clock minus ours; the round trip of the question bounds what is known of it. */
export function serverClockVerdict({ skewMs, roundTripMs }: { skewMs: number; roundTripMs: number }): Check {
  const name = 'ClickHouse clock';
  const certainMs = Math.max(0, Math.abs(skewMs) - roundTripMs / 2);
  if (certainMs <= 1000) return ok(name, 'agrees with this machine');
  const direction = skewMs > 0 ? 'ahead of' : 'behind';
  const says = `the server is ${(Math.abs(skewMs) / 1000).toFixed(1)} s ${direction} this machine`;
  const remedy = 'synchronise both clocks; windows and retention are cut by them';
  return certainMs > 60_000 ? fail(name, says, remedy) : warn(name, says, remedy);
}
