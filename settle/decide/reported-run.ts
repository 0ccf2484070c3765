import { startNs } from './distinct-reports.js';
import type { ReportFact, RunFact } from './facts.js';
import { madeSpanId, type Row } from './row.js';

/**
 * The row of a run that only its platform told of. A sibling with the same invocation id (a retry) lends what a report
 * cannot know: the event that was being handled, and the environment.
 */
export function reportedRun(report: ReportFact, siblings: readonly RunFact[]): Row {
  const sibling = siblings.find(
    ({ environment }) => report.environment === '' || report.environment === environment,
  );
  const deliveryId = sibling?.deliveryId ?? '';
  const run: RunFact = {
    key: sibling?.key ?? report.run,
    run: report.run,
    environment: report.environment || (sibling?.environment ?? ''),
    startedNs: startNs(report),
    durationNs: report.durationNs,
    spanId: madeSpanId(report.run, 'report'),
    outcome: report.outcome,
    errorType: report.errorType,
    errorMessage: report.errorMessage,
    cold: report.initNs > 0,
    initNs: report.initNs,
    memoryBytes: report.memoryBytes,
    memoryUsedBytes: report.memoryUsedBytes,
    billedMs: report.billedMs || Math.ceil((report.durationNs + report.initNs) / 1e6),
    attempt: 1,
    deliveryId,
  };
  return {
    run,
    source: 'report',
    reported: true,
    made: {
      durationNs: report.durationNs,
      invocationId: report.invocationId,
      deliveryId,
      report: { atNs: report.atNs, environment: report.environment },
    },
  };
}
