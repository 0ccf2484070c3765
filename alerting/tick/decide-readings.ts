import type { Diagnosis } from '../../schemas/alerting/diagnosis.js';
import type { IncidentEvent } from '../../schemas/alerting/incident-event.js';
import { type Correlated, correlate, correlationKeys } from '../decide/correlate.js';
import { changeEvent, incidentIdOf, joinedEvent } from '../decide/make-event.js';
import { type Described, type Level, type Series, type SeriesReading, seriesKey } from '../decide/series.js';
import { type Change, step } from '../decide/step.js';
import type { Incident } from '../incidents/fold-events.js';
import { windowText } from '../tiers/window-text.js';
import type { IncidentBook } from './incident-book.js';

/** Looks for what explains an incident that is about to be told. */
export type Diagnose = (event: IncidentEvent) => Promise<Diagnosis | null>;

/** In a storm this many are diagnosed, pages first; the others are joined to them. */
const mostDiagnosed = 10;
const recentMs = 30 * 60_000;

type Changed = { reading: SeriesReading | null; series: Series; change: Change<Level> };

/** All events that one minute of one tenant comes to, in the order they are kept. The book is not changed. */
export async function decideReadings(
  book: IncidentBook,
  readings: readonly SeriesReading[],
  gone: readonly Incident[],
  atMs: number,
  diagnose: Diagnose,
): Promise<IncidentEvent[]> {
  const changed: Changed[] = [];
  for (const reading of readings) {
    const { series, minimumMs } = reading;
    // The clock went back: what was decided of later minutes stands.
    const decidedAt = book.latest(seriesKey(series))?.lastDecidedAt ?? null;
    const isPast = decidedAt !== null && decidedAt.getTime() > atMs;
    const standing = isPast ? ({ kind: 'frozen' } as const) : reading.standing;
    const { state, change } = step(book.state(seriesKey(series)), standing, atMs, { minimumMs });
    book.remember(seriesKey(series), state);
    if (change !== null) changed.push({ reading, series, change });
  }
  const clear = { kind: 'judged', active: null, held: null, still: null } as const;
  for (const incident of gone) {
    const { tenant, rule, sloId, scope } = incident;
    const series = { tenant, rule, sloId, scope };
    const { state, change } = step(book.state(seriesKey(series)), clear, atMs, { minimumMs: 0 });
    book.remember(seriesKey(series), state);
    if (change !== null) changed.push({ reading: null, series, change });
  }
  const made: IncidentEvent[] = [];
  for (const { reading, series, change } of changed) {
    const event = await eventOf(book, reading, series, change, atMs);
    if (event !== null) made.push(event);
  }
  const fired = made.filter(({ kind }) => kind === 'fired');
  const pagesFirst = [
    ...fired.filter(({ severity }) => severity === 'page'),
    ...fired.filter(({ severity }) => severity !== 'page'),
  ];
  const chosen = new Set(pagesFirst.slice(0, mostDiagnosed));
  const events: IncidentEvent[] = [];
  for (const event of made)
    events.push(chosen.has(event) ? { ...event, diagnosis: await diagnose(event) } : event);
  return [...events, ...joinsOf(book, events), ...freed(book, events, atMs)];
}

async function eventOf(
  book: IncidentBook,
  reading: SeriesReading | null,
  series: Series,
  change: Change<Level>,
  atMs: number,
): Promise<IncidentEvent | null> {
  const latest = book.latest(seriesKey(series));
  // What ended longer ago than it could be reopened is another incident.
  const goesOn = latest !== null && (latest.state !== 'resolved' || change.kind === 'reopened');
  const incidentId = goesOn ? latest.id : incidentIdOf(series, atMs);
  const facts = {
    series,
    incidentId,
    lastSequence: goesOn ? latest.lastSequence : 0,
    atMs,
    change,
    diagnosis: null,
  };
  if (change.kind === 'resolved') {
    if (latest === null) return null;
    const level = { severity: latest.severity, name: latest.tier };
    return changeEvent({ ...facts, level, described: overAfter(latest, atMs) });
  }
  if (reading === null) return null;
  const described = await reading.describe(change.level);
  const startedMs = goesOn && latest.firedAt !== null ? latest.startedAt.getTime() : described.startedMs;
  return changeEvent({ ...facts, level: change.level, described: { ...described, startedMs } });
}

function overAfter({ last, startedAt, diagnosis }: Incident, atMs: number): Described {
  const lasted = windowText(Math.max(60_000, atMs - startedAt.getTime()));
  return {
    title: last.title,
    summary: `Over after ${lasted}.`,
    facts: [
      { label: 'Lasted', value: lasted },
      ...(diagnosis === null ? [] : [{ label: 'Explained by', value: diagnosis.sentence }]),
    ],
    labels: last.labels,
    runbookUrl: last.runbookUrl,
    startedMs: startedAt.getTime(),
  };
}

/** Incidents that have just fired, joined to those they are part of. */
function joinsOf(book: IncidentBook, events: readonly IncidentEvent[]): IncidentEvent[] {
  const fired = events.filter(({ kind }) => kind === 'fired' || kind === 'reopened');
  const [any] = fired;
  if (any === undefined) return [];
  const atMs = new Date(any.at).getTime();
  const open = book.current().filter((one) => {
    const firedMs = one.firedAt?.getTime() ?? null;
    return (
      one.state === 'open' && one.tenant === any.tenant && firedMs !== null && atMs - firedMs <= recentMs
    );
  });
  const asCorrelated = (event: IncidentEvent): Correlated => ({
    incidentId: event.incidentId,
    severity: event.severity,
    startedMs: new Date(event.startedAt).getTime(),
    firedMs: new Date(event.at).getTime(),
    keys: correlationKeys(event),
    isJoined: false,
  });
  const others = open.map(
    (one): Correlated => ({
      ...asCorrelated(one.last),
      severity: one.severity,
      startedMs: one.startedAt.getTime(),
      firedMs: one.firedAt?.getTime() ?? 0,
      keys: correlationKeys({ labels: one.last.labels, diagnosis: one.diagnosis }),
      isJoined: one.parentId !== null,
    }),
  );
  const byId = new Map([...open.map((one) => one.last), ...fired].map((event) => [event.incidentId, event]));
  return correlate(fired.map(asCorrelated), others).flatMap(({ childId, parentId, why }) => {
    const [child, parent] = [byId.get(childId), byId.get(parentId)];
    if (child === undefined || parent === undefined) return [];
    return [joinedEvent(child, parent, `One fault with "${parent.title}": ${why}.`)];
  });
}

/** What was part of an incident that is over now, and goes on itself, is told by itself from now on. */
function freed(book: IncidentBook, events: readonly IncidentEvent[], atMs: number): IncidentEvent[] {
  const over = new Set(events.filter(({ kind }) => kind === 'resolved').map(({ incidentId }) => incidentId));
  if (over.size === 0) return [];
  return book.current().flatMap((child) => {
    if (child.parentId === null || !over.has(child.parentId) || over.has(child.id) || child.state !== 'open')
      return [];
    const { last, tenant, rule, sloId, scope } = child;
    const level = { severity: child.severity, name: child.tier };
    return [
      changeEvent({
        series: { tenant, rule, sloId, scope },
        incidentId: child.id,
        lastSequence: child.lastSequence,
        atMs,
        change: { kind: 'fired', level },
        level,
        diagnosis: null,
        described: {
          title: last.title,
          summary: 'It goes on, though the incident it was part of is over.',
          facts: last.facts,
          labels: last.labels,
          runbookUrl: last.runbookUrl,
          startedMs: child.startedAt.getTime(),
        },
      }),
    ];
  });
}
