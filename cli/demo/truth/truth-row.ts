import { senders } from '../fleet/senders.js';
import { type DemoInvocation, type DemoOutcome, minuteOf } from '../simulate/invocation.js';
import { addUnits, type BilledUnits, billedUnits, noUnits } from './billed-units.js';
import { type Known, knownOf } from './known.js';
import { histogramOf, type Percentiles, percentilesOf } from './latency.js';
import { type Shown, shownOf } from './shown.js';

export type OutcomeCounts = Record<DemoOutcome, number>;

/** One function (with its place and version) in [minute, minute + length): what happened, and what traces show of it. */
export type TruthRow = {
  at: string;
  function: string;
  team: string;
  environment: string;
  provider: string;
  region: string;
  /** '' when rows are not split by version. */
  version: string;
  invocations: number;
  outcomes: OutcomeCounts;
  coldStarts: number;
  /** Attempts after the first. */
  retries: number;
  /** Runs for a message that had been handled already. */
  duplicates: number;
  deadLetters: number;
  /** Runs whose telemetry was lost on the way. */
  lost: number;
  /** Of runs that ran: without the throttled. */
  duration: Percentiles;
  /** Bucket (first two significant digits, microseconds) and count. */
  histogram: [number, number][];
  billed: BilledUnits;
  /** By the sender's clock, so a run near a minute's edge may be in the next row. */
  shown: { invocations: number; outcomes: OutcomeCounts; coldStarts: number; duration: Percentiles };
  /** What traces and the platform's reports tell together; runs of which only a report tells by a right clock. */
  known: {
    invocations: number;
    outcomes: OutcomeCounts;
    coldStarts: number;
    duration: Percentiles;
    reported: number;
    /** Of the reported runs. */
    billedMs: number;
  };
};

type Collected = { row: TruthRow; durationsUs: number[]; shownUs: number[]; knownUs: number[] };

export type TruthQuestion = {
  /** Minutes from the epoch, [fromMinute, toMinute). */
  fromMinute: number;
  toMinute: number;
  rowMinutes: number;
  byVersion: boolean;
};

/** Sums up runs that began, or seem to have begun, in the asked minutes; ordered by time, then function, then place. */
export function truthRows(invocations: Iterable<DemoInvocation>, question: TruthQuestion): TruthRow[] {
  const { fromMinute, toMinute, rowMinutes } = question;
  const collected = new Map<string, Collected>();
  const collect = (invocation: DemoInvocation, startUs: number): Collected | null => {
    const minute = minuteOf(startUs);
    if (minute < fromMinute || minute >= toMinute) return null;
    const first = minute - ((minute - fromMinute) % rowMinutes);
    const version = question.byVersion ? invocation.version : '';
    const key = `${first} ${invocation.function.name} ${invocation.region} ${version}`;
    const known = collected.get(key);
    if (known !== undefined) return known;
    const fresh = { row: emptyRow(invocation, first, version), durationsUs: [], shownUs: [], knownUs: [] };
    collected.set(key, fresh);
    return fresh;
  };
  for (const invocation of invocations) {
    const happened = collect(invocation, invocation.startUs);
    if (happened !== null) count(happened, invocation);
    const shown = shownOf(invocation);
    const seen = shown === null ? null : collect(invocation, shown.startUs);
    if (shown !== null && seen !== null) countShown(seen, shown);
    const known = knownOf(invocation);
    const told = known === null ? null : collect(invocation, known.startUs);
    if (known !== null && told !== null) countKnown(told, known);
  }
  return [...collected.values()].map(finish).sort(inOrder);
}

function count({ row, durationsUs }: Collected, invocation: DemoInvocation): void {
  row.invocations++;
  row.outcomes[invocation.outcome]++;
  if (invocation.isCold) row.coldStarts++;
  if (invocation.attempt > 1) row.retries++;
  if (invocation.isDuplicate) row.duplicates++;
  if (invocation.isDeadLetter) row.deadLetters++;
  if (invocation.isLost) row.lost++;
  if (invocation.outcome !== 'throttled') durationsUs.push(invocation.durationUs);
  row.billed = addUnits(row.billed, billedUnits(invocation));
}

function countShown({ row: { shown: sum }, shownUs }: Collected, shown: Shown): void {
  sum.invocations++;
  sum.outcomes[shown.outcome]++;
  if (shown.isCold) sum.coldStarts++;
  shownUs.push(shown.durationUs);
}

function countKnown({ row: { known: sum }, knownUs }: Collected, known: Known): void {
  sum.invocations++;
  sum.outcomes[known.outcome]++;
  if (known.isCold) sum.coldStarts++;
  if (known.isReported) sum.reported++;
  sum.billedMs += known.billedMs;
  knownUs.push(known.durationUs);
}

function finish({ row, durationsUs, shownUs, knownUs }: Collected): TruthRow {
  const sorted = durationsUs.sort((a, b) => a - b);
  row.duration = percentilesOf(sorted);
  row.histogram = histogramOf(sorted);
  row.shown.duration = percentilesOf(shownUs.sort((a, b) => a - b));
  row.known.duration = percentilesOf(knownUs.sort((a, b) => a - b));
  return row;
}

function emptyRow(
  { function: demoFunction, region }: DemoInvocation,
  minute: number,
  version: string,
): TruthRow {
  return {
    at: new Date(minute * 60_000).toISOString(),
    function: demoFunction.name,
    team: demoFunction.team,
    environment: demoFunction.environment,
    provider: senders[demoFunction.sender].provider,
    region,
    version,
    invocations: 0,
    outcomes: noOutcomes(),
    coldStarts: 0,
    retries: 0,
    duplicates: 0,
    deadLetters: 0,
    lost: 0,
    duration: null,
    histogram: [],
    billed: noUnits,
    shown: { invocations: 0, outcomes: noOutcomes(), coldStarts: 0, duration: null },
    known: {
      invocations: 0,
      outcomes: noOutcomes(),
      coldStarts: 0,
      duration: null,
      reported: 0,
      billedMs: 0,
    },
  };
}

function noOutcomes(): OutcomeCounts {
  return { ok: 0, error: 0, timeout: 0, oom: 0, throttled: 0 };
}

function inOrder(a: TruthRow, b: TruthRow): number {
  for (const key of ['at', 'function', 'region', 'version'] as const) {
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  }
  return 0;
}
