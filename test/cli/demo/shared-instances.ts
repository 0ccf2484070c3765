import { senders } from '../../../cli/demo/fleet/senders.js';
import type { KnownAttempt } from './known-attempts.js';

/** Steps in milliseconds in which those round that bill the time an instance is in use, not each run. */
const stepMs: Readonly<Record<string, number>> = { 'gcp-run': 100, 'self-hosted': 1 };

/** What each run on such an instance adds to the time it is paid for: nothing or less than its own where runs overlap. */
export function addedMs(known: readonly KnownAttempt[]): ReadonlyMap<KnownAttempt, number> {
  const instances = new Map<string, KnownAttempt[]>();
  for (const one of known) {
    const { function: demoFunction, region, version, instance } = one.invocation;
    if (stepMs[senders[demoFunction.sender].billing] === undefined) continue;
    const key = [demoFunction.name, region, version, instance].join(' ');
    instances.set(key, [...(instances.get(key) ?? []), one]);
  }
  const added = new Map<KnownAttempt, number>();
  for (const runs of instances.values()) {
    let [beganUs, reachUs] = [0, Number.NEGATIVE_INFINITY];
    for (const one of runs.toSorted((a, b) => a.known.startUs - b.known.startUs)) {
      const { startUs, durationUs } = one.known;
      const step = 1000 * (stepMs[senders[one.invocation.function.sender].billing] ?? 1);
      const paidMs = (us: number) => (Math.ceil((us - beganUs) / step) * step) / 1000;
      const isAlone = startUs >= reachUs;
      if (isAlone) beganUs = startUs;
      const beforeMs = isAlone ? 0 : paidMs(reachUs);
      reachUs = isAlone ? startUs + durationUs : Math.max(reachUs, startUs + durationUs);
      added.set(one, paidMs(reachUs) - beforeMs);
    }
  }
  return added;
}
