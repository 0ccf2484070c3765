import type { DemoFunction } from '../fleet/demo-function.js';
import { senders } from '../fleet/senders.js';
import { type DemoInvocation, minuteOf } from '../simulate/invocation.js';
import { concurrencyMax, type Interval } from './concurrency-max.js';

const minuteUs = 60_000_000;
const hourMinutes = 60;

/** What the cloud itself counted of one function in one place and minute, whatever became of the telemetry. */
export type ProviderCount = {
  function: DemoFunction;
  region: string;
  minute: number;
  invocations: number;
  /** Of runs that ran: thrown, out of time or memory. An answered 5xx is no error to the cloud. */
  errors: number;
  throttles: number;
  durationMs: { count: number; sum: number; min: number; max: number };
  concurrencyMax: number;
  /** Messages left in the dead-letter queue since the full hour, when somebody empties it. */
  deadLetterDepth: number;
};

type Tally = Omit<ProviderCount, 'concurrencyMax' | 'deadLetterDepth' | 'durationMs'> & {
  durationsUs: number[];
  intervals: Interval[];
  deadLetters: number;
};

/** Counts runs by the minute they began in, as AWS does. Only of clouds whose counts the fleet streams. */
export class ProviderBook {
  readonly #minutes = new Map<number, Map<string, Tally>>();
  /** By hour, minute and function: kept until the hour is told. */
  readonly #deadLetters = new Map<number, Map<string, number>>();

  add(invocation: DemoInvocation): void {
    if (senders[invocation.function.sender].billing !== 'aws-lambda') return;
    const { outcome, startUs, durationUs, function: demoFunction } = invocation;
    const minute = minuteOf(startUs);
    const tally = this.#tally(minute, invocation);
    if (outcome === 'throttled') {
      tally.throttles++;
      return;
    }
    const isAnswered = outcome === 'error' && demoFunction.failsBy === 'answering';
    tally.invocations++;
    if (outcome !== 'ok' && !isAnswered) tally.errors++;
    if (invocation.isDeadLetter) tally.deadLetters++;
    tally.durationsUs.push(durationUs);
    const interval = { startUs, endUs: startUs + durationUs };
    for (let touched = minute; touched <= minuteOf(interval.endUs - 1); touched++)
      this.#tally(touched, invocation).intervals.push(interval);
  }

  /** The counts of a minute whose runs are all known, ordered by function and place; it is forgotten. */
  take(minute: number): ProviderCount[] {
    const tallies = this.#minutes.get(minute);
    this.#minutes.delete(minute);
    const counts = [...(tallies?.values() ?? [])].map((tally) => this.#countOf(tally));
    if (minute % hourMinutes === hourMinutes - 1) this.#deadLetters.delete(hourOf(minute));
    return counts.sort(inOrder);
  }

  #countOf(tally: Tally): ProviderCount {
    const { durationsUs, intervals, deadLetters, minute, region, ...counted } = tally;
    const within = { startUs: minute * minuteUs, endUs: (minute + 1) * minuteUs };
    const hour = this.#deadLetters.get(hourOf(minute)) ?? new Map<string, number>();
    this.#deadLetters.set(hourOf(minute), hour);
    const key = `${counted.function.name} ${region}`;
    const deadLetterDepth = (hour.get(key) ?? 0) + deadLetters;
    hour.set(key, deadLetterDepth);
    return {
      ...counted,
      region,
      minute,
      durationMs: {
        count: durationsUs.length,
        sum: durationsUs.reduce((sum, us) => sum + us, 0) / 1000,
        min: durationsUs.length === 0 ? 0 : Math.min(...durationsUs) / 1000,
        max: durationsUs.length === 0 ? 0 : Math.max(...durationsUs) / 1000,
      },
      concurrencyMax: concurrencyMax(intervals, within),
      deadLetterDepth,
    };
  }

  #tally(minute: number, { function: demoFunction, region }: DemoInvocation): Tally {
    const ofMinute = this.#minutes.get(minute) ?? new Map<string, Tally>();
    this.#minutes.set(minute, ofMinute);
    const key = `${demoFunction.name} ${region}`;
    const known = ofMinute.get(key);
    if (known !== undefined) return known;
    const fresh: Tally = {
      function: demoFunction,
      region,
      minute,
      invocations: 0,
      errors: 0,
      throttles: 0,
      durationsUs: [],
      intervals: [],
      deadLetters: 0,
    };
    ofMinute.set(key, fresh);
    return fresh;
  }
}

function hourOf(minute: number): number {
  return Math.floor(minute / hourMinutes);
}

function inOrder(a: ProviderCount, b: ProviderCount): number {
  if (a.function.name !== b.function.name) return a.function.name < b.function.name ? -1 : 1;
  return a.region < b.region ? -1 : 1;
}
