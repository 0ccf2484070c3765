import type { Outcome } from '../classify/invocation.js';

/** Whose record it is: what the resource does not name is filled in by it. */
export type Teller = 'aws' | 'azure' | 'gcp' | 'cloudflare';

/** What a platform says of one run, from whichever record told it: unknown texts are '', unknown numbers 0. */
export type PlatformReport = {
  teller: Teller;
  /** Where the record itself names the function. */
  functionName: string;
  invocationId: string;
  outcome: Outcome;
  errorType: string;
  errorMessage: string;
  durationMs: number;
  /** Only the report at the very end tells it, and it is never 0 there. */
  billedMs: number;
  /** Of a cold start: initialising, or restoring a snapshot. */
  initMs: number;
  memoryMb: number;
  memoryUsedMb: number;
  /** 32 hex digits, or ''. */
  traceId: string;
};

export const nothingTold: PlatformReport = {
  teller: 'aws',
  functionName: '',
  invocationId: '',
  outcome: 'ok',
  errorType: '',
  errorMessage: '',
  durationMs: 0,
  billedMs: 0,
  initMs: 0,
  memoryMb: 0,
  memoryUsedMb: 0,
  traceId: '',
};

/** A cause known exactly outweighs "error", and any failure outweighs "ok", which is also what silence looks like. */
const weights = { ok: 0, rejected: 1, throttled: 1, error: 2, timeout: 3, oom: 4 } as const;

/** Several records of one run as one report: every figure that any of them tells, and the worst outcome. */
export function mergeReports(one: PlatformReport, other: PlatformReport): PlatformReport {
  const [worse, milder] = weights[other.outcome] > weights[one.outcome] ? [other, one] : [one, other];
  const [full, partial] = other.billedMs > 0 ? [other, one] : [one, other];
  const memoryMb = full.memoryMb || partial.memoryMb;
  const memoryUsedMb = Math.max(full.memoryUsedMb, partial.memoryUsedMb);
  return {
    teller: one.teller,
    functionName: one.functionName || other.functionName,
    invocationId: one.invocationId || other.invocationId,
    outcome: ranOutOfMemory(worse.outcome, memoryMb, memoryUsedMb) ? 'oom' : worse.outcome,
    errorType: worse.errorType || milder.errorType,
    errorMessage: worse.errorMessage || milder.errorMessage,
    durationMs: full.durationMs || partial.durationMs,
    billedMs: full.billedMs || partial.billedMs,
    initMs: full.initMs || partial.initMs,
    memoryMb,
    memoryUsedMb,
    traceId: full.traceId || partial.traceId,
  };
}

/** A process that failed with all its memory in use was killed for it; a time-out at the limit is still a time-out. */
export function ranOutOfMemory(
  outcome: PlatformReport['outcome'],
  memoryMb: number,
  memoryUsedMb: number,
): boolean {
  return outcome === 'error' && memoryMb > 0 && memoryUsedMb >= memoryMb;
}
