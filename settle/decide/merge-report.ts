import type { ReportFact, RunFact } from './facts.js';

/**
 * The run with what its platform knows better: money, memory, start-up, and an end that the process did not live to
 * tell. A failure that the span describes itself is kept, since it says more.
 */
export function mergeReport(run: RunFact, report: ReportFact): RunFact {
  const killed = report.outcome === 'timeout' || report.outcome === 'oom';
  const { outcome, errorType, errorMessage } =
    killed || (run.outcome === 'ok' && report.outcome !== 'ok')
      ? {
          outcome: report.outcome,
          errorType: report.errorType || run.errorType,
          errorMessage: report.errorMessage || run.errorMessage,
        }
      : run;
  return {
    ...run,
    outcome,
    errorType,
    errorMessage,
    cold: run.cold || report.initNs > 0,
    initNs: report.initNs || run.initNs,
    memoryBytes: report.memoryBytes || run.memoryBytes,
    memoryUsedBytes: report.memoryUsedBytes || run.memoryUsedBytes,
    billedMs: report.billedMs || run.billedMs,
  };
}
