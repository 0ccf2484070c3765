import type { FunctionSummary } from '../../../schemas/functions.js';

export type Summary = {
  functions: number;
  failing: number;
  invocations: number;
  bad: number;
  /** Of all invocations together, never a mean of ratios; null when there are none. */
  successRatio: number | null;
  coldStarts: number;
  coldStartRatio: number | null;
  slowest: { name: string; p95Ms: number } | null;
};

/** Sums of counts. Percentiles of several functions cannot be added up, so the slowest is named instead. */
export function summarizeFunctions(functions: readonly FunctionSummary[]): Summary {
  let invocations = 0;
  let bad = 0;
  let coldStarts = 0;
  let failing = 0;
  let slowest: Summary['slowest'] = null;
  for (const summary of functions) {
    invocations += summary.invocations;
    bad += summary.bad;
    coldStarts += summary.coldStarts;
    if (summary.bad > 0) failing += 1;
    if (summary.p95Ms !== null && summary.p95Ms > (slowest?.p95Ms ?? -1))
      slowest = { name: summary.function, p95Ms: summary.p95Ms };
  }
  return {
    functions: functions.length,
    failing,
    invocations,
    bad,
    successRatio: invocations === 0 ? null : (invocations - bad) / invocations,
    coldStarts,
    coldStartRatio: invocations === 0 ? null : coldStarts / invocations,
    slowest,
  };
}
