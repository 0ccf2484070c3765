import { distinctReports } from './distinct-reports.js';
import { distinctRuns } from './distinct-runs.js';
import type { MadeFact, ReportFact, RequestFacts, Rules, RunFact, Wanted, WorkFact } from './facts.js';
import { inferredRun } from './inferred-run.js';
import { matchReports } from './match-reports.js';
import { mergeReport } from './merge-report.js';
import { type Numbered, numberAttempts } from './number-attempts.js';
import { reportedRun } from './reported-run.js';
import type { Row } from './row.js';

/**
 * How the rows of one request should read, given all that is known of it now. It looks at what was told and never at
 * what was decided before, so the order in which things came cannot matter, and asking twice changes nothing.
 */
export function settleRequest(facts: RequestFacts, nowMs: number, rules: Rules): Wanted[] {
  const runs = distinctRuns(facts.runs);
  const rows: Row[] = runs.filter(({ run }) => run === '0').map((run) => spanRow(run, null));
  for (const run of new Set([...runs, ...facts.reports, ...facts.works].map((fact) => fact.run))) {
    if (run === '0') continue;
    rows.push(
      ...settleInvocation(
        {
          runs: runs.filter((fact) => fact.run === run),
          reports: facts.reports.filter((fact) => fact.run === run),
          works: facts.works.filter((fact) => fact.run === run),
          timeoutMs: rules.timeoutsMs.get(facts.function) ?? null,
        },
        nowMs,
        rules,
      ),
    );
  }
  const wanted = numberAttempts(rows, rules.lookbackMs).map((row) => wantedRow(facts, row));
  if (facts.made.length === 0) return wanted;
  const kept = new Set(wanted.map(idOf));
  const gone = facts.made.filter((made) => !kept.has(idOf(made)));
  return [...wanted, ...distinctBy(gone, idOf).map((made) => unwantedRow(facts, made))];
}

type InvocationFacts = {
  runs: readonly RunFact[];
  reports: readonly ReportFact[];
  works: readonly WorkFact[];
  timeoutMs: number | null;
};

function settleInvocation(
  { runs, reports, works, timeoutMs }: InvocationFacts,
  nowMs: number,
  rules: Rules,
): Row[] {
  const { ofRun, left } = matchReports(runs, distinctReports(reports));
  const due = left.filter(({ insertedMs }) => nowMs - insertedMs >= rules.reportGraceMs);
  const rows = [
    ...runs.map((run) => spanRow(run, ofRun.get(run) ?? null)),
    ...due.map((report) => reportedRun(report, runs)),
  ];
  if (rows.length > 0) return rows;
  const waitMs = (timeoutMs ?? rules.defaultTimeoutMs) + rules.reportGraceMs;
  const ran = works.some(({ insertedMs }) => nowMs - insertedMs >= waitMs);
  return ran ? [inferredRun(works, timeoutMs)] : [];
}

function spanRow(run: RunFact, report: ReportFact | null): Row {
  return {
    run: report === null ? run : mergeReport(run, report),
    source: 'span',
    reported: report !== null,
    made: null,
  };
}

// Written out: copying whole objects would be most of what a decision costs.
function wantedRow(facts: RequestFacts, { row, attempt, superseded, duplicate }: Numbered): Wanted {
  const { run, source, reported, made } = row;
  return {
    kind: 'wanted',
    tenant: facts.tenant,
    function: facts.function,
    environment: run.environment,
    startedNs: run.startedNs,
    spanId: run.spanId,
    source,
    outcome: run.outcome,
    errorType: run.errorType,
    errorMessage: run.errorMessage,
    cold: run.cold,
    initNs: run.initNs,
    memoryBytes: run.memoryBytes,
    memoryUsedBytes: run.memoryUsedBytes,
    billedMs: run.billedMs,
    reported,
    attempt,
    superseded,
    duplicate,
    made,
  };
}

function unwantedRow(facts: RequestFacts, { environment, startedNs, spanId, source }: MadeFact): Wanted {
  return {
    kind: 'unwanted',
    tenant: facts.tenant,
    function: facts.function,
    environment,
    startedNs,
    spanId,
    source,
    outcome: 'ok',
    errorType: '',
    errorMessage: '',
    cold: false,
    initNs: 0,
    memoryBytes: 0,
    memoryUsedBytes: 0,
    billedMs: 0,
    reported: false,
    attempt: 1,
    superseded: false,
    duplicate: false,
    made: null,
  };
}

function idOf({
  environment,
  startedNs,
  spanId,
}: Pick<Wanted, 'environment' | 'startedNs' | 'spanId'>): string {
  return `${spanId} ${startedNs} ${environment}`;
}

function distinctBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
