import type { ProviderCount } from '../../../cli/demo/provider/provider-book.js';
import { minuteOf } from '../../../cli/demo/simulate/invocation.js';
import type { KnownAttempt } from './known-attempts.js';

/** `counted` is null in a minute of which the cloud tells nothing. */
export type MinuteSum = { seen: number; counted: number | null; throttles: number };

/** By name of the function and minute. Seen is told by the clock of the sender, counted by the cloud's. */
export type MinuteSums = ReadonlyMap<string, ReadonlyMap<number, MinuteSum>>;

export function minuteSums(known: readonly KnownAttempt[], counts: readonly ProviderCount[]): MinuteSums {
  const sums = new Map<string, Map<number, MinuteSum>>();
  const sumOf = (name: string, minute: number) => {
    const minutes = sums.get(name) ?? new Map<number, MinuteSum>();
    sums.set(name, minutes);
    const sum = minutes.get(minute) ?? { seen: 0, counted: null, throttles: 0 };
    minutes.set(minute, sum);
    return sum;
  };
  for (const one of known) sumOf(one.invocation.function.name, minuteOf(one.known.startUs)).seen++;
  for (const one of counts) {
    const sum = sumOf(one.function.name, one.minute);
    sum.counted = (sum.counted ?? 0) + one.invocations;
    sum.throttles += one.throttles;
  }
  return sums;
}

export type ExpectedCoverage = {
  total: number;
  ratio: number | null;
  throttles: number | null;
  source: 'provider' | 'telemetry' | 'both';
};

/** What docs/coverage.md promises of these minutes together. */
export function expectedCoverage(minutes: Iterable<MinuteSum>): ExpectedCoverage {
  let [seen, elsewhere, counted, throttles, countedMinutes] = [0, 0, 0, 0, 0];
  for (const one of minutes) {
    if (one.counted === null) elsewhere += one.seen;
    else {
      seen += one.seen;
      counted += one.counted;
      throttles += one.throttles;
      countedMinutes++;
    }
  }
  if (countedMinutes === 0) return { total: elsewhere, ratio: null, throttles: null, source: 'telemetry' };
  const most = seen === 0 ? null : 1;
  return {
    total: Math.max(seen, counted) + elsewhere,
    ratio: counted === 0 ? most : Math.min(1, seen / counted),
    throttles,
    source: elsewhere > 0 ? 'both' : 'provider',
  };
}
