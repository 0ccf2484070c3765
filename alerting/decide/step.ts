import type { Severity, WithheldReason } from '../../schemas/alerting/incident-event.js';

const minuteMs = 60_000;

/** What a rule says of one minute. `Level` is what was reached: a tier of a burn rate, or the condition of another rule. */
export type Standing<Level extends { severity: Severity }> =
  | {
      kind: 'judged';
      /** Reached, and beyond doubt. */
      active: Level | null;
      /** Reached, but on too few events to judge. */
      held: Level | null;
      /** Not known to be over: what keeps an open incident open. */
      still: Level | null;
    }
  /** What is counted cannot be right, so nothing follows from it. */
  | { kind: 'broken' }
  /** Nothing can be said: telemetry is lost. Everything stays as it is. */
  | { kind: 'frozen' };

/** What is remembered of a series between two minutes. All but the incident may be lost: then it only waits anew. */
export type SeriesState<Level> = {
  /** Null when there is none that matters any more. */
  incident: {
    state: 'withheld' | 'open' | 'resolved';
    severity: Severity;
    resolvedAtMs: number | null;
    isResolvedByHand: boolean;
    /** How often it came back. */
    flaps: number;
    /** It is or once was a page. */
    wasPage: boolean;
  } | null;
  /** The level is reached since. */
  reachedSinceMs: number | null;
  /** Below the severity of the incident since. */
  belowSinceMs: number | null;
  /** The fault was over since somebody resolved the incident. */
  wasClear: boolean;
  level: Level | null;
};

export type Change<Level> =
  | { kind: 'fired' | 'reopened' | 'escalated' | 'eased'; level: Level }
  | { kind: 'withheld'; level: Level; reason: WithheldReason }
  | { kind: 'resolved' };

export type StepSettings = { minimumMs: number };

/** The same fault again within this time is the same incident. */
export const reopenWithinMs = 60 * minuteMs;
/** What somebody resolved by hand while it goes on stays quiet for so long. */
const handResolvedQuietMs = 30 * minuteMs;
const longestHoldMs = 30 * minuteMs;

export function quietState<Level>(): SeriesState<Level> {
  return { incident: null, reachedSinceMs: null, belowSinceMs: null, wasClear: false, level: null };
}

/** One minute of one series: at most one change. Minutes come in order. */
export function step<Level extends { severity: Severity }>(
  before: SeriesState<Level>,
  standing: Standing<Level>,
  atMs: number,
  { minimumMs }: StepSettings,
): { state: SeriesState<Level>; change: Change<Level> | null } {
  if (standing.kind !== 'judged') return { state: before, change: null };
  return before.incident?.state === 'open'
    ? stepOpen(before, standing, atMs)
    : stepQuiet(before, standing, atMs, minimumMs);
}

type Judged<Level extends { severity: Severity }> = Extract<Standing<Level>, { kind: 'judged' }>;
type Stepped<Level> = { state: SeriesState<Level>; change: Change<Level> | null };

function stepOpen<Level extends { severity: Severity }>(
  before: SeriesState<Level>,
  { active, still }: Judged<Level>,
  atMs: number,
): Stepped<Level> {
  const { incident } = before;
  if (incident === null) return { state: before, change: null };
  if (active?.severity === 'page' && incident.severity === 'ticket') {
    const flaps = incident.wasPage ? incident.flaps + 1 : incident.flaps;
    const escalated = { ...incident, severity: 'page' as const, flaps, wasPage: true };
    return {
      state: { ...before, incident: escalated, belowSinceMs: null, level: active },
      change: { kind: 'escalated', level: active },
    };
  }
  const isBelow = still === null || (incident.severity === 'page' && still.severity === 'ticket');
  if (!isBelow) return { state: { ...before, belowSinceMs: null, level: still }, change: null };
  const belowSinceMs = before.belowSinceMs ?? atMs;
  if (atMs - belowSinceMs < holdMs(incident.flaps))
    return { state: { ...before, belowSinceMs }, change: null };
  if (still !== null) {
    const eased = { ...incident, severity: still.severity };
    return {
      state: { ...before, incident: eased, belowSinceMs: null, level: still },
      change: { kind: 'eased', level: still },
    };
  }
  const resolved = { ...incident, state: 'resolved' as const, resolvedAtMs: atMs, isResolvedByHand: false };
  return { state: { ...quietState<Level>(), incident: resolved }, change: { kind: 'resolved' } };
}

/** The first end is told at once; what comes back again and again is told over after ever longer quiet. */
function holdMs(flaps: number): number {
  return flaps === 0 ? 0 : Math.min(longestHoldMs, 5 * minuteMs * 2 ** (flaps - 1));
}

function stepQuiet<Level extends { severity: Severity }>(
  before: SeriesState<Level>,
  { active, held, still }: Judged<Level>,
  atMs: number,
  minimumMs: number,
): Stepped<Level> {
  const incident = forgetOld(before.incident, atMs);
  const wasClear = before.wasClear || still === null;
  const reachedSinceMs = active === null ? null : (before.reachedSinceMs ?? atMs);
  const state = { ...before, incident, reachedSinceMs, wasClear };
  if (active !== null && reachedSinceMs !== null) {
    if (isQuietedByHand(incident, wasClear, atMs)) return { state, change: null };
    if (atMs - reachedSinceMs < minimumMs) return withhold(state, active, 'minimum-duration');
    const isAgain = incident?.state === 'resolved';
    const opened = {
      state: 'open' as const,
      severity: active.severity,
      resolvedAtMs: null,
      isResolvedByHand: false,
      flaps: isAgain ? incident.flaps + 1 : 0,
      wasPage: active.severity === 'page' || (isAgain && incident.wasPage),
    };
    return {
      state: { ...quietState<Level>(), incident: opened, level: active },
      change: { kind: isAgain ? 'reopened' : 'fired', level: active },
    };
  }
  if (held !== null) {
    if (isQuietedByHand(incident, wasClear, atMs)) return { state, change: null };
    return withhold(state, held, 'too-few-events');
  }
  if (incident?.state !== 'withheld' || still !== null) return { state, change: null };
  return { state: { ...quietState<Level>(), wasClear }, change: { kind: 'resolved' } };
}

function withhold<Level extends { severity: Severity }>(
  state: SeriesState<Level>,
  level: Level,
  reason: WithheldReason,
): Stepped<Level> {
  // What was told a short time ago needs no second incident that nobody is told of.
  if (state.incident !== null) return { state, change: null };
  const incident = {
    state: 'withheld' as const,
    severity: level.severity,
    resolvedAtMs: null,
    isResolvedByHand: false,
    flaps: 0,
    wasPage: false,
  };
  return { state: { ...state, incident, level }, change: { kind: 'withheld', level, reason } };
}

function forgetOld<Level>(
  incident: SeriesState<Level>['incident'],
  atMs: number,
): SeriesState<Level>['incident'] {
  const endedMs = incident?.resolvedAtMs ?? null;
  return endedMs !== null && atMs - endedMs > reopenWithinMs ? null : incident;
}

function isQuietedByHand<Level>(
  incident: SeriesState<Level>['incident'],
  wasClear: boolean,
  atMs: number,
): boolean {
  if (incident?.isResolvedByHand !== true || wasClear || incident.resolvedAtMs === null) return false;
  return atMs - incident.resolvedAtMs < handResolvedQuietMs;
}
