import type { RequestMark } from './duplicates/request-mark.js';
import type { LimitCounts } from './limits/limit-settings.js';
import type { NamesInUse } from './limits/tenant-names.js';
import type { Redactor } from './redact/redactor.js';
import type { RowSink } from './rows/row-sink.js';
import type { Samplers } from './sampling/open-samplers.js';
import type { SamplingCounts } from './sampling/sampling-tally.js';
import type { Written } from './spool/committer.js';

/** What became of one request, and when its rows are on disk. */
export type Received = {
  /** Taken: stored, or sampled away. */
  accepted: number;
  invocations: number;
  refused: ReadonlyMap<string, number>;
  /** JSON fields left out because their value had the wrong type. */
  ignoredFields: number;
  notes: ReceivedNotes;
  durable: Promise<void>;
};

/** What else is worth counting about one request. Null where there is nothing to count. */
export type ReceivedNotes = {
  limits: LimitCounts | null;
  sampling: SamplingCounts | null;
  redactions: ReadonlyMap<string, number> | null;
  /** What the first of its resources is called, and with what it sends; '' when it does not say. */
  service: string;
  sdk: string;
  /** Runs whose `ot=th:` is no threshold. */
  malformedTraceStates: number;
  /** Spans past their own retention that were accepted for the invocation they are. */
  invocationsOnly: number;
};

/** The tables whose retention says how old an item may be. */
export type AgeLimitedTable = 'invocations' | 'spans' | 'logs' | 'metric_points';

/**
 * How far from now an item may be. What is older than its tenant's retention would be gone as soon as it is stored, so
 * it is refused, not acknowledged; what comes from a wrong clock would only make partitions.
 */
export type AcceptedTimes = {
  maxAgeMs: (table: AgeLimitedTable, tenant: string) => number;
  maxAheadMs: number;
};

export type ReceiverDeps = {
  write: <Result>(
    tenant: string,
    fill: (sinks: readonly RowSink[]) => Result,
    mark: RequestMark | null,
  ) => Written<Result>;
  nowMs: () => number;
  times: AcceptedTimes;
  redactor: Redactor;
  names: NamesInUse;
  samplers: Samplers;
};

/** What a partial success says: how many items were not stored and why, in a sentence each. */
export function partialSuccess(
  {
    refused,
    ignoredFields,
    notes: { invocationsOnly },
  }: Pick<Received, 'refused' | 'ignoredFields' | 'notes'>,
  sentences: Readonly<Record<string, string>>,
): { rejected: number; message: string } {
  let rejected = 0;
  const parts: string[] = [];
  for (const [reason, count] of refused) {
    rejected += count;
    parts.push(`${count} refused: ${sentences[reason] ?? reason}`);
  }
  if (invocationsOnly > 0)
    parts.push(
      `${invocationsOnly} older than spans are kept (retention.spans): stored as invocations, not as spans`,
    );
  if (ignoredFields > 0)
    parts.push(`${ignoredFields} fields were ignored because their value has the wrong type`);
  return { rejected, message: parts.join('; ') };
}
