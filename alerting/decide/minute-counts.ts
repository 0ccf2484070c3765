import type { Sum } from '../budget/budget.js';

const minuteMs = 60_000;

/** Events of a series minute by minute from a whole minute on, without gaps. */
export type MinuteCounts = { startMs: number; good: Float64Array; total: Float64Array };

/** Sums of any window of them in constant time; what lies before the first minute holds nothing. */
export type RunningSums = { sum: (fromMs: number, endMs: number) => Sum };

export function runningSums({ startMs, good, total }: MinuteCounts): RunningSums {
  const goodBefore = before(good);
  const totalBefore = before(total);
  const indexOf = (ms: number) => Math.min(total.length, Math.max(0, Math.floor((ms - startMs) / minuteMs)));
  return {
    sum: (fromMs, endMs) => {
      const [from, to] = [indexOf(fromMs), indexOf(endMs)];
      return {
        good: (goodBefore[to] ?? 0) - (goodBefore[from] ?? 0),
        total: (totalBefore[to] ?? 0) - (totalBefore[from] ?? 0),
      };
    },
  };
}

/** At each place the sum of all before it. */
function before(counts: Float64Array): Float64Array {
  const sums = new Float64Array(counts.length + 1);
  for (let at = 0; at < counts.length; at++) sums[at + 1] = (sums[at] ?? 0) + (counts[at] ?? 0);
  return sums;
}

/**
 * When the fault began that is going on at the end: the start of the stretch up to the end with the most bad events beyond a
 * share (what CUSUM finds). Null when no stretch has more than that.
 */
export function faultStart(
  { startMs, good, total }: MinuteCounts,
  { fromMs, endMs, ratio }: { fromMs: number; endMs: number; ratio: number },
): number | null {
  const last = Math.min(total.length, Math.floor((endMs - startMs) / minuteMs)) - 1;
  const first = Math.max(0, Math.floor((fromMs - startMs) / minuteMs));
  let excess = 0;
  let most = 0;
  let start: number | null = null;
  for (let at = last; at >= first; at--) {
    const all = total[at] ?? 0;
    excess += all - (good[at] ?? 0) - ratio * all;
    if (excess > most) {
      most = excess;
      start = startMs + at * minuteMs;
    }
  }
  return start;
}
