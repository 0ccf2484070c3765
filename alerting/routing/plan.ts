import { createHash } from 'node:crypto';
import type { Case } from './case.js';
import { indexOpen, type Mute, type MuteFacts, muteOf, routeMute } from './mutes.js';
import { groupOf, type Route } from './route-tree.js';
import { stillTold, type TargetSettings, targetsOf } from './targets.js';
import type { PlannedNotice, Standing, Thread } from './thread.js';

export type PlanInput = {
  /** Cases that are open, and those that threads still stand for. */
  cases: readonly Case[];
  /** Threads that have not ended. */
  threads: readonly Thread[];
  settings: TargetSettings & MuteFacts['settings'];
  silences: MuteFacts['silences'];
  deployWindows: MuteFacts['deployWindows'];
  nowMs: number;
};

export type Held = Mute & { key: string; incidentId: string; receiver: string };

export type Plan = {
  notices: PlannedNotice[];
  /** What is open and untold, by receiver, and why. */
  held: Held[];
};

/** With more groups than this for one receiver at once, they are told in one notice: a storm must not break who hears of it. */
export const stormAbove = 20;

/** What is to be said now. Said twice it comes to the same: what is planned is part of the next threads. */
export function plan(input: PlanInput): Plan {
  const byKey = new Map(input.cases.map((one) => [one.key, one]));
  const open = input.cases
    .filter(({ resolvedAtMs }) => resolvedAtMs === null)
    .sort((one, other) => one.openedAtMs - other.openedAtMs || (one.key < other.key ? -1 : 1));
  const index = indexOpen(open, input.settings);
  const mutes = new Map(open.map((one) => [one.key, muteOf(one, index, input)]));
  const notices = input.threads.flatMap((thread) => nextOf(thread, byKey, mutes, input));
  const { openings, held } = openingsOf(open, mutes, input);
  return { notices: [...notices, ...openings], held };
}

/** The next notice of a thread that has begun, if there is something to say. */
function nextOf(
  thread: Thread,
  byKey: ReadonlyMap<string, Case>,
  mutes: ReadonlyMap<string, Mute | null>,
  { settings, nowMs }: PlanInput,
): PlannedNotice[] {
  const changed: Standing[] = [];
  let isUrgent = false;
  let isLeft = false;
  let isUnmuted = false;
  let isUnacknowledged = false;
  for (const standing of thread.standings.values()) {
    if (standing.isOver) continue;
    const one = byKey.get(standing.key);
    const isOver = one !== undefined && (one.resolvedAtMs !== null || !stillTold(one, thread, settings));
    const news = one?.changes.filter(({ sequence }) => sequence > standing.toldSequence) ?? [];
    if (one !== undefined && (isOver || news.length > 0))
      changed.push({ ...standing, isOver, toldSequence: lastSequence(one) });
    if (isOver) continue;
    isLeft = true;
    isUnmuted ||= (mutes.get(standing.key) ?? null) === null;
    isUnacknowledged ||= one?.acknowledgedBy === null;
    isUrgent ||= news.some(({ kind }) => kind === 'escalated' || kind === 'acknowledged');
  }
  // Whoever was told that it began is told that it ended: nothing mutes this.
  if (!isLeft) return [follow(thread, 'resolved', nowMs, changed)];
  if (!isUnmuted) return [];
  const sinceMs = nowMs - thread.lastAtMs;
  if (changed.length > 0 && (isUrgent || sinceMs >= thread.intervalMs))
    return [follow(thread, 'update', nowMs, changed)];
  if (isUnacknowledged && sinceMs >= thread.repeatMs) return [follow(thread, 'reminder', nowMs, [])];
  return [];
}

function lastSequence({ changes }: Case): number {
  return changes.reduce((most, { sequence }) => Math.max(most, sequence), 0);
}

function follow(
  {
    threadId,
    count,
    standings: _standings,
    openedAtMs: _opened,
    lastAtMs: _last,
    isEnded: _ended,
    ...names
  }: Thread,
  kind: PlannedNotice['kind'],
  atMs: number,
  standings: readonly Standing[],
): PlannedNotice {
  const sequence = count + 1;
  return { ...names, id: `${threadId}-${sequence}`, threadId, sequence, kind, atMs, standings };
}

type Opening = { receiver: string; route: Route; via: 'route' | 'step'; groupKey: string; cases: Case[] };

function openingsOf(
  open: readonly Case[],
  mutes: ReadonlyMap<string, Mute | null>,
  input: PlanInput,
): { openings: PlannedNotice[]; held: Held[] } {
  const { threads, settings, nowMs } = input;
  const toldTo = new Set(
    threads.flatMap(({ receiver, standings }) =>
      [...standings.values()].filter(({ isOver }) => !isOver).map(({ key }) => `${receiver} ${key}`),
    ),
  );
  const held: Held[] = [];
  const waiting = new Map<string, Opening>();
  for (const one of open)
    for (const { receiver, route, via } of targetsOf(one, settings, nowMs)) {
      if (toldTo.has(`${receiver} ${one.key}`)) continue;
      const mute = mutes.get(one.key) ?? routeMute(route, input);
      if (mute !== null) {
        held.push({ ...mute, key: one.key, incidentId: one.incidentId, receiver });
        continue;
      }
      const groupKey = JSON.stringify([receiver, route.key, via, groupOf(route, one.labels)]);
      const opening = waiting.get(groupKey);
      if (opening === undefined) waiting.set(groupKey, { receiver, route, via, groupKey, cases: [one] });
      else opening.cases.push(one);
    }
  const lastOf = new Map<string, number>();
  for (const { receiver, routeKey, via, group, lastAtMs } of threads) {
    const key = JSON.stringify([receiver, routeKey, via, group]);
    lastOf.set(key, Math.max(lastAtMs, lastOf.get(key) ?? 0));
  }
  const due = [...waiting.values()].filter((opening) => isDue(opening, lastOf.get(opening.groupKey), nowMs));
  return { openings: calmed(due).map((opening) => begin(opening, nowMs)), held };
}

/** The first of a group waits for others; further ones wait as well until the interval is over, unless they page. */
function isDue({ route, via, cases }: Opening, lastAtMs: number | undefined, nowMs: number): boolean {
  if (via === 'step') return true;
  const firstMs = Math.min(...cases.map(({ openedAtMs }) => openedAtMs));
  if (nowMs < firstMs + route.waitMs) return false;
  if (lastAtMs === undefined || cases.some(({ severity }) => severity === 'page')) return true;
  return nowMs >= lastAtMs + route.intervalMs;
}

/** Many groups of one receiver at once become one. */
function calmed(openings: readonly Opening[]): Opening[] {
  const byReceiver = new Map<string, Opening[]>();
  for (const opening of openings) {
    const some = byReceiver.get(opening.receiver);
    if (some === undefined) byReceiver.set(opening.receiver, [opening]);
    else some.push(opening);
  }
  return [...byReceiver.values()].flatMap((some) => {
    const [first] = some;
    if (first === undefined || some.length <= stormAbove) return some;
    const route = { ...first.route, key: 'storm', groupBy: [] };
    return [{ ...first, route, cases: some.flatMap(({ cases }) => cases) }];
  });
}

function begin({ receiver, route, via, cases }: Opening, nowMs: number): PlannedNotice {
  const standings = cases.map((one) => ({
    key: one.key,
    incidentId: one.incidentId,
    toldSequence: lastSequence(one),
    isOver: false,
  }));
  const group = route.groupBy.length === 0 ? {} : groupOf(route, cases[0]?.labels ?? {});
  const threadId = threadIdOf(receiver, nowMs, standings);
  const { key: routeKey, intervalMs, repeatMs } = route;
  return {
    id: `${threadId}-1`,
    threadId,
    sequence: 1,
    receiver,
    kind: 'firing',
    atMs: nowMs,
    routeKey,
    via,
    group,
    intervalMs,
    repeatMs,
    standings,
  };
}

/** A case handed over and back again begins another thread, so the time is part of its name. */
function threadIdOf(receiver: string, nowMs: number, standings: readonly Standing[]): string {
  const identity = JSON.stringify([receiver, nowMs, standings.map(({ key }) => key).sort()]);
  return `t${createHash('sha256').update(identity).digest('hex').slice(0, 24)}`;
}
