import type { Labels } from '../../schemas/alerting/labels.js';

/** How one case stands in a thread: what of it was told, and whether it is over for this receiver. */
export type Standing = { key: string; incidentId: string; toldSequence: number; isOver: boolean };

/** One message to one receiver, decided and not yet written. */
export type PlannedNotice = {
  /** The same however often it is planned: its idempotency key. */
  id: string;
  threadId: string;
  /** Its place in the thread, from 1. */
  sequence: number;
  receiver: string;
  kind: 'firing' | 'update' | 'reminder' | 'resolved';
  atMs: number;
  routeKey: string;
  /** `step`: nobody had acknowledged it by then. */
  via: 'route' | 'step';
  group: Labels;
  intervalMs: number;
  repeatMs: number;
  /** Of the first notice all cases of the thread, of a later one those that stand differently since. */
  standings: readonly Standing[];
};

/**
 * What one receiver was told of some cases, from the first notice to the last. A case that fires later begins a thread of
 * its own, so that nobody's open incident changes unnoticed; it ends when all of its cases are over.
 */
export type Thread = Omit<PlannedNotice, 'id' | 'kind' | 'atMs' | 'sequence' | 'standings'> & {
  count: number;
  openedAtMs: number;
  lastAtMs: number;
  isEnded: boolean;
  standings: ReadonlyMap<string, Standing>;
};

/** What the notices of some threads, in order, come to. One planned twice counts once. */
export function threadsOf(notices: readonly PlannedNotice[]): Map<string, Thread> {
  const threads = new Map<string, Thread>();
  for (const notice of notices) addNotice(threads, notice);
  return threads;
}

export function addNotice(threads: Map<string, Thread>, notice: PlannedNotice): void {
  const { id: _id, kind, atMs, sequence, standings, ...names } = notice;
  const known = threads.get(notice.threadId);
  if (known !== undefined && sequence <= known.count) return;
  const merged = new Map(known?.standings ?? []);
  for (const standing of standings) merged.set(standing.key, standing);
  threads.set(notice.threadId, {
    ...names,
    count: sequence,
    openedAtMs: known?.openedAtMs ?? atMs,
    lastAtMs: atMs,
    isEnded: kind === 'resolved',
    standings: merged,
  });
}
