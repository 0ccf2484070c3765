import type { MinuteCounts } from '../../alerting/decide/minute-counts.js';

/** Even numbers in [0, 1), the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Knuth's way; means here are at most some hundreds. */
function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let product = random();
  let count = 0;
  while (product > limit) {
    product *= random();
    count += 1;
  }
  return count;
}

/** Runs an hour at a minute of the day. */
export type Rate = (minuteOfDay: number) => number;

export type Fault = { fromMinute: number; toMinute: number; badRatio: number };

/** Minutes of Poisson traffic of which each run fails by chance. */
export function traffic(
  minutes: number,
  rate: Rate,
  badRatio: number,
  fault: Fault | null,
  random: () => number,
): MinuteCounts {
  const good = new Float64Array(minutes);
  const total = new Float64Array(minutes);
  for (let minute = 0; minute < minutes; minute++) {
    const isFault = fault !== null && minute >= fault.fromMinute && minute < fault.toMinute;
    const ratio = isFault ? fault.badRatio : badRatio;
    const perMinute = rate(minute % 1440) / 60;
    const bad = poisson(perMinute * ratio, random);
    const well = poisson(perMinute * (1 - ratio), random);
    good[minute] = well;
    total[minute] = well + bad;
  }
  return { startMs: 0, good, total };
}
