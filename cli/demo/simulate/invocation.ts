import type { DemoFunction, Dependency } from '../fleet/demo-function.js';

export type DemoOutcome = 'ok' | 'error' | 'timeout' | 'oom' | 'throttled';

/** A call that leaves a run: to a dependency, or to another function of the fleet. Times are microseconds. */
export type Outgoing = {
  name: string;
  kind: Dependency['kind'] | 'function' | 'publish';
  spanId: string;
  startUs: number;
  durationUs: number;
  failed: boolean;
};

/** One run, as it really was; `shown` is what its sender's traces can tell of it. */
export type DemoInvocation = {
  function: DemoFunction;
  region: string;
  version: string;
  alias: string;
  instance: string;
  /** '' where the platform has none. Attempts of one event share it on Lambda. */
  invocationId: string;
  /** What the run is for: the same in every attempt and delivery. */
  eventId: string;
  traceId: string;
  spanId: string;
  /** The span in another process that started this run; null at the root of a trace. */
  parentSpanId: string | null;
  /** Unix time in microseconds, by a right clock. */
  startUs: number;
  durationUs: number;
  /** How far the clock of its machine is off; shown times are startUs + skewUs. */
  skewUs: number;
  isCold: boolean;
  /** Time to start the instance, before startUs; 0 when warm. */
  initUs: number;
  outcome: DemoOutcome;
  errorType: string;
  errorMessage: string;
  httpStatus: number;
  /** 1 for the first attempt of an event. */
  attempt: number;
  /** It failed for the last time: its event went to the dead-letter queue. */
  isDeadLetter: boolean;
  /** The queue delivered its message a second time. */
  isDuplicate: boolean;
  usedMemoryMb: number;
  outgoing: Outgoing[];
  /** Its telemetry was lost on the way. */
  isLost: boolean;
};

/** Minutes since the epoch. */
export function minuteOf(timeUs: number): number {
  return Math.floor(timeUs / 60_000_000);
}
