import type { Tenant } from '../../schemas/access.js';
import type { Notice, NoticeItem } from '../../schemas/alerting/notice.js';
import type { Case } from './case.js';
import type { PlannedNotice, Thread } from './thread.js';

export type ComposeFacts = {
  tenant: Tenant;
  cases: ReadonlyMap<string, Case>;
  /** The thread before this notice; null when it begins with it. */
  before: Thread | null;
  /** What links begin with; null for none. */
  publicUrl: string | null;
};

/** More incidents than these are counted and not listed. */
const mostItems = 20;

type Listed = { item: NoticeItem; one: Case };

/** What a planned notice says, in words that fit every receiver. */
export function composeNotice(planned: PlannedNotice, facts: ComposeFacts): Notice {
  const { tenant, cases, before, publicUrl } = facts;
  const standings = new Map(before?.standings ?? []);
  for (const standing of planned.standings) standings.set(standing.key, standing);
  const listed = [...standings.values()].flatMap(({ key, isOver }): Listed[] => {
    const one = cases.get(key);
    return one === undefined ? [] : [{ one, item: itemOf(one, !isOver, publicUrl) }];
  });
  listed.sort(byImportance);
  const firing = listed.filter(({ item }) => item.isFiring);
  const [first] = listed;
  const items = listed.slice(0, mostItems).map(({ item }) => item);
  const about = firing.length > 0 ? firing : listed;
  return {
    id: planned.id,
    tenant,
    receiver: planned.receiver,
    threadId: planned.threadId,
    sequence: planned.sequence,
    kind: planned.kind,
    at: new Date(planned.atMs).toISOString(),
    severity: about.some(({ one }) => one.severity === 'page') ? 'page' : 'ticket',
    title:
      standings.size === 1 && first !== undefined
        ? first.one.title
        : groupTitle(standings.size, planned.group),
    text: textOf(planned, listed, firing),
    group: Object.fromEntries(Object.entries(planned.group).filter(([, value]) => value !== '')),
    items,
    firing: [...standings.values()].filter(({ isOver }) => !isOver).length,
    resolved: [...standings.values()].filter(({ isOver }) => isOver).length,
    more: standings.size - items.length,
    news: newsOf(planned, before, cases),
    acknowledgedBy: acknowledger(firing),
    viewUrl:
      publicUrl === null
        ? null
        : standings.size === 1 && first !== undefined
          ? linkTo(publicUrl, first.one.viewPath)
          : linkTo(publicUrl, '/incidents'),
    html: null,
  };
}

function byImportance(one: Listed, other: Listed): number {
  const weight = ({ item }: Listed) => (item.isFiring ? 0 : 2) + (item.severity === 'page' ? 0 : 1);
  return (
    weight(one) - weight(other) ||
    one.one.openedAtMs - other.one.openedAtMs ||
    (one.one.key < other.one.key ? -1 : 1)
  );
}

function itemOf(one: Case, isFiring: boolean, publicUrl: string | null): NoticeItem {
  return {
    incidentId: one.incidentId,
    title: one.title,
    summary: one.summary,
    severity: one.severity,
    isFiring,
    labels: { ...one.labels },
    startedAt: one.startedAt,
    resolvedAt: one.resolvedAtMs === null ? null : new Date(one.resolvedAtMs).toISOString(),
    facts: [...one.facts],
    diagnosis: one.diagnosis === null || one.diagnosis.sentence === '' ? null : one.diagnosis.sentence,
    runbookUrl: addressOf(one.runbookUrl, publicUrl),
    viewUrl: publicUrl === null ? null : linkTo(publicUrl, one.viewPath),
  };
}

function groupTitle(count: number, group: PlannedNotice['group']): string {
  const names = Object.values(group).filter((value) => value !== '');
  const about = names.length === 0 ? '' : `: ${names.join(', ')}`;
  return `${count.toLocaleString('en')} incidents${about}`;
}

function textOf({ kind, via }: PlannedNotice, listed: readonly Listed[], firing: readonly Listed[]): string {
  const [first] = listed;
  if (kind === 'resolved') return overText(listed);
  const summary =
    listed.length === 1 && first !== undefined
      ? first.one.summary
      : `${firing.length.toLocaleString('en')} of ${listed.length.toLocaleString('en')} incidents go on.`;
  if (kind === 'firing' && via === 'step') return `Nobody has acknowledged this so far. ${summary}`;
  if (kind === 'reminder') return `Nobody has acknowledged this so far, and it goes on. ${summary}`;
  return summary;
}

function overText(listed: readonly Listed[]): string {
  const [first] = listed;
  if (listed.length !== 1 || first === undefined)
    return `All ${listed.length.toLocaleString('en')} are over.`;
  const { resolvedAtMs, startedAt, severity } = first.one;
  if (resolvedAtMs === null) return `It has eased to a ${severity} and is told elsewhere.`;
  return `Over after ${lengthText(resolvedAtMs - Date.parse(startedAt))}.`;
}

/** "24 min", "3 h 5 min", "2 d 4 h". */
function lengthText(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

function newsOf(planned: PlannedNotice, before: Thread | null, cases: ReadonlyMap<string, Case>): string[] {
  if (before === null) return [];
  const many = before.standings.size > 1;
  return planned.standings
    .flatMap(({ key, isOver }) => {
      const one = cases.get(key);
      if (one === undefined) return [];
      const toldSequence = before.standings.get(key)?.toldSequence ?? 0;
      const changes = one.changes
        .filter(({ sequence }) => sequence > toldSequence)
        .map(({ sentence }) => sentence);
      const ended = isOver && many ? [one.resolvedAtMs === null ? 'Told elsewhere' : 'Over'] : [];
      return [...changes, ...ended].map((sentence) => (many ? `${one.title}: ${sentence}` : sentence));
    })
    .slice(0, mostItems);
}

/** Somebody has taken it on only when everything that goes on is taken on. */
function acknowledger(firing: readonly Listed[]): string | null {
  const [first] = firing;
  return firing.every(({ one }) => one.acknowledgedBy !== null) ? (first?.one.acknowledgedBy ?? null) : null;
}

/** Services refuse a whole message for a link that is none. A path is one of this app, where readers can reach it. */
export function addressOf(text: string | null, publicUrl: string | null): string | null {
  if (text?.startsWith('/') === true) return publicUrl === null ? null : linkTo(publicUrl, text);
  return text !== null && /^https?:\/\//.test(text) && URL.canParse(text) ? text : null;
}

function linkTo(publicUrl: string, path: string): string {
  return `${publicUrl.replace(/\/$/, '')}${path.startsWith('/') ? '' : '/'}${path}`;
}
