import { z } from 'zod';
import type { MadeFact, ReportFact, RequestFacts, RunFact, WorkFact } from '../decide/facts.js';

/**
 * Beyond this many facts a "request" is a constant somebody uses as an id; to settle it would cost without end. The
 * SQL in `read-candidates.ts` collects no more than this of each kind.
 */
export const mostFacts = 300;

const Outcome = z.enum(['ok', 'error', 'timeout', 'oom', 'throttled', 'rejected']);
const whole = z.coerce.number();
const ns = z.coerce.bigint();

// Lists instead of objects: one line holds a request, and names would be most of its bytes. The orders are those of
// the tuples in `read-candidates.ts`.
const told = [Outcome, z.string(), z.string(), whole, whole, whole, whole] as const;

const Run = z
  .tuple([z.string(), z.string(), z.string(), ns, whole, z.string(), ...told, z.boolean(), whole, z.string()])
  .transform(
    ([key, run, environment, startedNs, durationNs, spanId, ...rest]): RunFact => ({
      key,
      run,
      environment,
      startedNs,
      durationNs,
      spanId,
      outcome: rest[0],
      errorType: rest[1],
      errorMessage: rest[2],
      initNs: rest[3],
      memoryBytes: rest[4],
      memoryUsedBytes: rest[5],
      billedMs: rest[6],
      cold: rest[7],
      attempt: rest[8],
      deliveryId: rest[9],
    }),
  );

const Report = z.tuple([z.string(), z.string(), ns, whole, ...told, z.string(), whole]).transform(
  ([run, environment, atNs, durationNs, ...rest]): ReportFact => ({
    run,
    environment,
    atNs,
    durationNs,
    outcome: rest[0],
    errorType: rest[1],
    errorMessage: rest[2],
    initNs: rest[3],
    memoryBytes: rest[4],
    memoryUsedBytes: rest[5],
    billedMs: rest[6],
    invocationId: rest[7],
    insertedMs: rest[8],
  }),
);

const Made = z.tuple([z.string(), ns, z.string(), z.enum(['report', 'inferred'])]).transform(
  ([environment, startedNs, spanId, source]): MadeFact => ({
    environment,
    startedNs,
    spanId,
    source,
  }),
);

const Work = z.tuple([z.string(), z.string(), ns, whole, z.string(), whole]).transform(
  ([run, environment, startedNs, durationNs, invocationId, insertedMs]): WorkFact => ({
    run,
    environment,
    startedNs,
    durationNs,
    invocationId,
    insertedMs,
  }),
);

export const CandidateRow = z.object({
  tenant: z.string(),
  function: z.string(),
  facts: whole,
  runs: z.array(Run),
  reports: z.array(Report),
  made: z.array(Made),
  works: z.array(Work),
}) satisfies z.ZodType<RequestFacts & { facts: number }>;
export type CandidateRow = z.infer<typeof CandidateRow>;
