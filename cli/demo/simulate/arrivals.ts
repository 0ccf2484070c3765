import type { DemoFunction } from '../fleet/demo-function.js';
import { rhythmFactor } from '../fleet/rhythm.js';
import { Random, wordOf } from './random.js';
import type { World } from './world.js';

const minuteUs = 60_000_000;
const minutesPerDay = 1440;
/** A burst is decided per half hour and lasts some minutes of it. */
const burstSlotMinutes = 30;
const burstRatio = 0.04;

/** Separates the streams of one function and minute. */
export const streams = { arrivals: 1, runs: 2, bursts: 3, timer: 4, instances: 5, followUps: 6 } as const;

/** When runs come from outside the fleet in this minute, in microseconds, in order. */
export function outsideArrivals(
  world: World,
  demoFunction: DemoFunction,
  minute: number,
  rateFactor: number,
): number[] {
  const word = wordOf(demoFunction.name);
  const random = new Random(world.seed, word, minute, streams.arrivals);
  const startUs = minute * minuteUs;
  if (demoFunction.everyMinutes !== null) {
    const isDue = isTimerDue(world.seed, word, demoFunction.everyMinutes, minute) && rateFactor > 0;
    // A scheduler fires within the first second of its minute.
    return isDue ? [startUs + random.below(1_000_000)] : [];
  }
  const scale = demoFunction.scales ? world.scale : 1;
  const mean =
    demoFunction.perMinute * scale * rhythmFactor(demoFunction.rhythm, minute) * rateFactor * burst();
  const count = random.poisson(mean);
  return Array.from({ length: count }, () => startUs + random.below(minuteUs)).sort((a, b) => a - b);

  function burst(): number {
    if (demoFunction.trigger === 'timer' || !demoFunction.scales) return 1;
    return burstFactor(world.seed, word, minute);
  }
}

function isTimerDue(seed: number, word: number, everyMinutes: number, minute: number): boolean {
  return (minute % minutesPerDay) % everyMinutes === timerOffset(seed, word, everyMinutes);
}

/** Each timer has its own offset, so that not everything starts at midnight. */
export function timerOffset(seed: number, word: number, everyMinutes: number): number {
  return new Random(seed, word, streams.timer).below(everyMinutes);
}

/** Between 2 and 5 in the minutes of a burst, 1 outside. */
function burstFactor(seed: number, word: number, minute: number): number {
  const random = new Random(seed, word, Math.floor(minute / burstSlotMinutes), streams.bursts);
  if (!random.chance(burstRatio)) return 1;
  const length = 2 + random.below(5);
  const start = random.below(burstSlotMinutes - length);
  const factor = 2 + 3 * random.unit();
  const at = minute % burstSlotMinutes;
  return at >= start && at < start + length ? factor : 1;
}
