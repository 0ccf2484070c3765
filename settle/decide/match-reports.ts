import { slackNs, startNs } from './distinct-reports.js';
import type { ReportFact, RunFact } from './facts.js';

export type Matched = { ofRun: ReadonlyMap<RunFact, ReportFact>; left: readonly ReportFact[] };

/**
 * Which report tells of which run of one invocation: the nearest end first, each once. Retries keep the invocation's
 * id, so the two must also overlap: the report of a lost first attempt must not go to the second.
 */
export function matchReports(runs: readonly RunFact[], reports: readonly ReportFact[]): Matched {
  const pairs = runs.flatMap((run) =>
    reports.filter((report) => canTellOf(report, run)).map((report) => ({ run, report })),
  );
  pairs.sort((one, other) => compareBig(distance(one), distance(other)));
  const ofRun = new Map<RunFact, ReportFact>();
  const used = new Set<ReportFact>();
  for (const { run, report } of pairs) {
    if (ofRun.has(run) || used.has(report)) continue;
    ofRun.set(run, report);
    used.add(report);
  }
  return { ofRun, left: reports.filter((report) => !used.has(report)) };
}

function canTellOf(report: ReportFact, run: RunFact): boolean {
  if (report.environment !== '' && report.environment !== run.environment) return false;
  return run.startedNs <= report.atNs + slackNs && endNs(run) >= startNs(report) - slackNs;
}

function distance({ run, report }: { run: RunFact; report: ReportFact }): bigint {
  const between = endNs(run) - report.atNs;
  return between < 0n ? -between : between;
}

export function endNs({ startedNs, durationNs }: { startedNs: bigint; durationNs: number }): bigint {
  return startedNs + BigInt(durationNs);
}

export function compareBig(one: bigint, other: bigint): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
