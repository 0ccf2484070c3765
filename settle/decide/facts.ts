export type Outcome = 'ok' | 'error' | 'timeout' | 'oom' | 'throttled' | 'rejected';

/** What both spans and platforms tell of a run. 0 and '' mean: not told. */
type Told = {
  outcome: Outcome;
  errorType: string;
  errorMessage: string;
  initNs: number;
  memoryBytes: number;
  memoryUsedBytes: number;
  billedMs: number;
};

/** An invocation as its span told it. `key` links the runs of one request; `run` is the platform's invocation, '0' for none. */
export type RunFact = Told & {
  key: string;
  run: string;
  environment: string;
  startedNs: bigint;
  durationNs: number;
  /** Hexadecimal. */
  spanId: string;
  cold: boolean;
  attempt: number;
  deliveryId: string;
};

/** The platform's own record of a run; an empty environment is not known rather than another one. */
export type ReportFact = Told & {
  run: string;
  environment: string;
  atNs: bigint;
  durationNs: number;
  invocationId: string;
  insertedMs: number;
};

/** A row that settling itself had made earlier. */
export type MadeFact = {
  environment: string;
  startedNs: bigint;
  spanId: string;
  source: 'report' | 'inferred';
};

/** Log records of one invocation that came together, from the first to the last. */
export type WorkFact = {
  run: string;
  environment: string;
  startedNs: bigint;
  durationNs: number;
  invocationId: string;
  insertedMs: number;
};

/** Everything known of the runs that share one request; all of it belongs to one tenant and function. */
export type RequestFacts = {
  tenant: string;
  function: string;
  runs: readonly RunFact[];
  reports: readonly ReportFact[];
  made: readonly MadeFact[];
  works: readonly WorkFact[];
};

export type Rules = {
  /** A report waits this long for its span before it stands for the run by itself. */
  reportGraceMs: number;
  /** Runs of one event further apart than this are requests of their own. */
  lookbackMs: number;
  /** How long a function may run when nothing else is known. */
  defaultTimeoutMs: number;
  /** By name of the function. */
  timeoutsMs: ReadonlyMap<string, number>;
};

/** What a made row has beyond the columns that settling decides for any row. */
export type MadeOf = {
  durationNs: number;
  invocationId: string;
  deliveryId: string;
  /** Finds the report again; null for work that never ended. */
  report: { atNs: bigint; environment: string } | null;
};

/** How one row of `invocations` should read; `kind` "unwanted" says that there should be none. */
export type Wanted = {
  kind: 'wanted' | 'unwanted';
  tenant: string;
  function: string;
  environment: string;
  startedNs: bigint;
  spanId: string;
  source: 'span' | 'report' | 'inferred';
  cold: boolean;
  reported: boolean;
  attempt: number;
  superseded: boolean;
  duplicate: boolean;
  made: MadeOf | null;
} & Told;

export const nsPerMs = 1_000_000n;
