import { concurrencyMax } from '../../../cli/demo/provider/concurrency-max.js';
import type { DemoInvocation } from '../../../cli/demo/simulate/invocation.js';
import { knownAttempts } from './known-attempts.js';

/** The most runs at once of each minute and function, by the clocks of their senders. */
export function expectedPeaks(
  runs: readonly DemoInvocation[],
  window: { fromMinute: number; toMinute: number },
): Map<string, number> {
  const intervals = new Map<string, { startUs: number; endUs: number }[]>();
  for (const { invocation, known: run } of knownAttempts(runs)) {
    const endUs = run.startUs + run.durationUs;
    for (let minute = Math.floor(run.startUs / 60e6); minute * 60e6 < endUs; minute++) {
      if (minute < window.fromMinute || minute >= window.toMinute) continue;
      const key = `${minute} ${invocation.function.name}`;
      const list = intervals.get(key);
      if (list === undefined) intervals.set(key, [{ startUs: run.startUs, endUs }]);
      else list.push({ startUs: run.startUs, endUs });
    }
  }
  return new Map(
    [...intervals].map(([key, list]) => {
      const minute = Number(key.split(' ')[0]);
      return [key, concurrencyMax(list, { startUs: minute * 60e6, endUs: (minute + 1) * 60e6 })];
    }),
  );
}
