import type { ReportFact, Rules, RunFact, WorkFact } from '../../../settle/decide/facts.js';

const told = {
  outcome: 'ok',
  errorType: '',
  errorMessage: '',
  initNs: 0,
  memoryBytes: 0,
  memoryUsedBytes: 0,
  billedMs: 0,
} as const;

const baseNs = 1_760_000_000_000_000_000n;

/** An instant some seconds into the test's time. */
export function second(seconds: number): bigint {
  return baseNs + BigInt(Math.round(seconds * 1e9));
}

export const rules: Rules = {
  reportGraceMs: 90_000,
  lookbackMs: 26 * 3_600_000,
  defaultTimeoutMs: 900_000,
  timeoutsMs: new Map([['quick', 3_000]]),
};

export function run(spanId: number, startSeconds: number, values: Partial<RunFact> = {}): RunFact {
  return {
    ...told,
    key: '7',
    run: '7',
    environment: 'prod',
    startedNs: second(startSeconds),
    durationNs: 1e9,
    spanId: spanId.toString(16).padStart(16, '0'),
    cold: false,
    attempt: 1,
    deliveryId: '',
    ...values,
  };
}

export function report(atSeconds: number, values: Partial<ReportFact> = {}): ReportFact {
  return {
    ...told,
    run: '7',
    environment: 'prod',
    atNs: second(atSeconds),
    durationNs: 1e9,
    invocationId: 'id-7',
    insertedMs: 0,
    billedMs: 1_001,
    ...values,
  };
}

export function work(startSeconds: number, values: Partial<WorkFact> = {}): WorkFact {
  return {
    run: '7',
    environment: 'prod',
    startedNs: second(startSeconds),
    durationNs: 5e8,
    invocationId: 'id-7',
    insertedMs: 0,
    ...values,
  };
}
