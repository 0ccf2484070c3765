import type { RequestRefusal } from '../http/otlp-refusal.js';
import type { LimitName } from '../limits/limit-settings.js';
import { addSamplingCounts, noSamplingCounts, type SamplingCounts } from '../sampling/sampling-tally.js';
import type { SignalName } from '../signal.js';

/** Items are spans, data points or log records. */
export type SignalCounts = {
  acceptedRequests: number;
  acceptedItems: number;
  refusedItems: Record<string, number>;
};

/** Everything that was taken and everything that was not, with the reason, since the process started. */
export type Counts = {
  acceptedRequests: number;
  /** Bytes of accepted requests as they came over the wire; with gRPC, after inflating. */
  acceptedBytes: number;
  acceptedInvocations: number;
  /** JSON fields left out because their value had the wrong type. */
  ignoredFields: number;
  /** Requests acknowledged a second time and not stored again. */
  duplicateRequests: number;
  /** Runs whose `ot=th:` is no threshold, so that each counts as one. */
  malformedTraceStates: number;
  /** Spans stored as invocations only, because they were past the retention of spans. */
  invocationsOnly: number;
  signals: Record<SignalName, SignalCounts>;
  refusedRequests: Partial<Record<RequestRefusal, number>>;
  /** How often each limit applied. */
  limits: Record<LimitName, number>;
  /** What is kept and sampled away; all 0 while everything is kept. */
  sampling: Record<'traces' | 'logs', SamplingCounts>;
  /** Secrets replaced before storing, by rule. */
  redactions: Record<string, number>;
};

export function noCounts(): Counts {
  return {
    acceptedRequests: 0,
    acceptedBytes: 0,
    acceptedInvocations: 0,
    ignoredFields: 0,
    duplicateRequests: 0,
    malformedTraceStates: 0,
    invocationsOnly: 0,
    signals: { traces: noSignalCounts(), metrics: noSignalCounts(), logs: noSignalCounts() },
    refusedRequests: {},
    limits: {
      attributesPerItem: 0,
      keyBytes: 0,
      valueBytes: 0,
      nameBytes: 0,
      bodyBytes: 0,
      functions: 0,
      attributeKeys: 0,
      spanNames: 0,
      metricNames: 0,
      columnValues: 0,
    },
    sampling: { traces: noSamplingCounts(), logs: noSamplingCounts() },
    redactions: {},
  };
}

const plainCounts = [
  'acceptedRequests',
  'acceptedBytes',
  'acceptedInvocations',
  'ignoredFields',
  'duplicateRequests',
  'malformedTraceStates',
  'invocationsOnly',
] as const;

export function addCounts(into: Counts, other: Counts): void {
  for (const name of plainCounts) into[name] += other[name];
  for (const signal of ['traces', 'metrics', 'logs'] as const) {
    const mine = into.signals[signal];
    const others = other.signals[signal];
    mine.acceptedRequests += others.acceptedRequests;
    mine.acceptedItems += others.acceptedItems;
    addByName(mine.refusedItems, others.refusedItems);
  }
  addByName(into.refusedRequests, other.refusedRequests);
  addByName(into.limits, other.limits);
  addByName(into.redactions, other.redactions);
  addSamplingCounts(into.sampling.traces, other.sampling.traces);
  addSamplingCounts(into.sampling.logs, other.sampling.logs);
}

export function addByName<Name extends string>(
  into: Partial<Record<Name, number>>,
  counts: Readonly<Partial<Record<Name, number>>>,
): void {
  for (const name in counts) into[name] = (into[name] ?? 0) + (counts[name] ?? 0);
}

function noSignalCounts(): SignalCounts {
  return { acceptedRequests: 0, acceptedItems: 0, refusedItems: {} };
}
