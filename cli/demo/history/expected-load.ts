import type { Fleet, Rhythm } from '../fleet/demo-function.js';
import { timerOffset } from '../simulate/arrivals.js';
import { wordOf } from '../simulate/random.js';

const rhythms = ['shoppers', 'office', 'night', 'flat'] as const satisfies readonly Rhythm[];

/** What comes to a function, its callers' load included: mean runs a minute by rhythm, and what timers bring. */
export type Load = { perMinute: number[]; timer: { every: number; offset: number; events: number } | null };

/** By function name. Callers stand before those they call, so one pass is enough. */
export function expectedLoad(fleet: Fleet, seed: number, scale: number): Map<string, Load> {
  const loads = new Map<string, Load>();
  const loadOf = (name: string): Load => {
    const load = loads.get(name) ?? { perMinute: rhythms.map(() => 0), timer: null };
    loads.set(name, load);
    return load;
  };
  for (const { name, everyMinutes, perMinute, rhythm, scales, calls, errorRatio } of fleet.functions) {
    const load = loadOf(name);
    if (everyMinutes !== null)
      load.timer = {
        every: everyMinutes,
        offset: timerOffset(seed, wordOf(name), everyMinutes),
        events: 1,
      };
    else add(load, rhythm, perMinute * (scales ? scale : 1));
    for (const { to, ratio, fanOut } of calls) {
      const called = loadOf(to);
      const share = ratio * fanOut * (1 - errorRatio);
      for (const [at, one] of rhythms.entries()) add(called, one, (load.perMinute[at] ?? 0) * share);
      if (load.timer === null) continue;
      const events = Math.round(load.timer.events * ratio * fanOut);
      // Of two timers the second is spread over the day: no function of the shop has two.
      if (called.timer === null) called.timer = { ...load.timer, events };
      else add(called, 'flat', events / load.timer.every);
    }
  }
  return loads;
}

function add({ perMinute }: Load, rhythm: Rhythm, runs: number): void {
  const at = rhythms.indexOf(rhythm);
  perMinute[at] = (perMinute[at] ?? 0) + runs;
}
