import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import type { CountedStep } from './counted-step.js';
import { type CoverageQuestion, readCountedSteps } from './read-counted-steps.js';
import { type CoverageReading, reconcile } from './reconcile.js';
import { wholeHours } from './whole-hours.js';

export type FunctionCoverage = {
  function: string;
  environment: string;
  /** Start of the step. */
  at: Date;
  reading: CoverageReading;
  /** Runs seen, and runs the provider counted, in the minutes it counted; null when it counted none. */
  counts: { seen: number; counted: number } | null;
  /** By the provider's own count; null when it told none. */
  throttles: number | null;
};

/** How much of what providers counted was seen, for every function with either in the minutes that begin in [from, to). */
export async function readCoverage(
  warehouse: TenantWarehouse,
  question: CoverageQuestion,
  options?: StatementOptions,
): Promise<FunctionCoverage[]> {
  const steps = await readCountedSteps(warehouse, question, wholeHours(question), options);
  return steps.map(coverageOf);
}

function coverageOf(row: CountedStep): FunctionCoverage {
  const counted = row.counts_invocations
    ? {
        invocations: row.invocations,
        errors: row.counts_errors ? row.errors : null,
        errorsHoldAnswers: row.errors_hold_answers,
      }
    : null;
  return {
    function: row.function,
    environment: row.environment,
    at: new Date(row.at * 1000),
    reading: reconcile(
      { runs: row.counted_runs, ok: row.counted_ok, answered: row.counted_answered },
      { runs: row.other_runs, ok: row.other_ok, answered: row.other_answered },
      counted,
    ),
    counts: row.counts_invocations ? { seen: row.counted_runs, counted: row.invocations } : null,
    throttles: row.counts_throttles ? row.throttles : null,
  };
}
