import { nsPerMs, type Outcome, type ReportFact } from './facts.js';

/** The clock of whoever wrote a report and that of the run may differ by this much. A retry waits far longer. */
export const slackNs = 5_000n * nsPerMs;

const severity: Record<Outcome, number> = { ok: 0, rejected: 1, throttled: 2, error: 3, timeout: 4, oom: 5 };

/**
 * One report for each run of an invocation. The same run is often told of twice, as a log line and as an event, or the
 * line came twice; runs of one invocation never overlap, so what overlaps is the same run.
 */
export function distinctReports(reports: readonly ReportFact[]): ReportFact[] {
  const found: ReportFact[] = [];
  for (const report of [...reports].sort(byTime)) {
    const last = found.at(-1);
    if (last !== undefined && startNs(report) <= last.atNs + slackNs)
      found[found.length - 1] = both(last, report);
    else found.push(report);
  }
  return found;
}

export function startNs({ atNs, durationNs }: ReportFact): bigint {
  return atNs - BigInt(durationNs);
}

/** The earlier one, with what only the later one tells. */
function both(one: ReportFact, other: ReportFact): ReportFact {
  const worse = severity[other.outcome] > severity[one.outcome] ? other : one;
  return {
    ...one,
    environment: one.environment || other.environment,
    outcome: worse.outcome,
    errorType: worse.errorType,
    errorMessage: worse.errorMessage,
    initNs: Math.max(one.initNs, other.initNs),
    memoryBytes: Math.max(one.memoryBytes, other.memoryBytes),
    memoryUsedBytes: Math.max(one.memoryUsedBytes, other.memoryUsedBytes),
    billedMs: Math.max(one.billedMs, other.billedMs),
    insertedMs: Math.min(one.insertedMs, other.insertedMs),
  };
}

/** An order that does not depend on who came first. */
function byTime(one: ReportFact, other: ReportFact): number {
  if (one.atNs !== other.atNs) return one.atNs < other.atNs ? -1 : 1;
  return compare(textOf(one), textOf(other));
}

function textOf({ environment, durationNs, outcome, errorType, errorMessage, billedMs }: ReportFact): string {
  return JSON.stringify([environment, durationNs, severity[outcome], errorType, errorMessage, billedMs]);
}

export function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
