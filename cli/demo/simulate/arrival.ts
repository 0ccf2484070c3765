import type { DemoInvocation, Outgoing } from './invocation.js';

/** Something that wants a run of a function. */
export type Arrival = {
  atUs: number;
  /** The trace it goes on with; null begins one. */
  traceId: string | null;
  parentSpanId: string | null;
  /** Where the caller is: a run stays there when its function exists there. */
  region: string | null;
  /** A further attempt of an event. */
  attempt: number;
  invocationId: string | null;
  /** The event it is for, the same in every attempt and delivery; null for a new one. */
  eventId: string | null;
  isDuplicate: boolean;
  /** Who waits for the answer, and by which call. */
  caller: { invocation: DemoInvocation; outgoing: Outgoing } | null;
};

export function fromOutside(atUs: number): Arrival {
  return {
    atUs,
    traceId: null,
    parentSpanId: null,
    region: null,
    attempt: 1,
    invocationId: null,
    eventId: null,
    isDuplicate: false,
    caller: null,
  };
}
