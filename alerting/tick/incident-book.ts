import { decider, type IncidentEvent } from '../../schemas/alerting/incident-event.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { type Level, seriesKey } from '../decide/series.js';
import { quietState, reopenWithinMs, type SeriesState } from '../decide/step.js';
import { foldOne, type Incident } from '../incidents/fold-events.js';
import { readCurrentEvents, readEventsSince } from '../incidents/read-events.js';
import { readEngineNow } from '../ledger/read-touched.js';

/** An insert may be seen so much later than one that began after it. */
const overlapMs = 60_000;
const mostRead = 100_000;

/**
 * What is known of incidents that are not over or ended lately, as their events have it: those the tick wrote and those people
 * did. All of it can be lost at any time and is read again.
 */
export type IncidentBook = {
  /** Takes in what others wrote since the last look. */
  look: (warehouse: Warehouse, atMs: number) => Promise<void>;
  take: (event: IncidentEvent) => void;
  latest: (key: string) => Incident | null;
  byId: (id: string) => Incident | null;
  /** Incidents that are open or withheld. */
  current: () => Incident[];
  state: (key: string) => SeriesState<Level>;
  remember: (key: string, state: SeriesState<Level>) => void;
};

export function createIncidentBook(): IncidentBook {
  const incidents = new Map<string, Incident>();
  const latest = new Map<string, string>();
  const states = new Map<string, SeriesState<Level>>();
  const seen = new Map<string, number>();
  let lookedMs: number | null = null;

  const take = (event: IncidentEvent): void => {
    if (seen.has(event.eventId)) return;
    seen.set(event.eventId, lookedMs ?? 0);
    const id = `${event.tenant} ${event.incidentId}`;
    const incident = foldOne(incidents.get(id) ?? null, event);
    incidents.set(id, incident);
    const key = seriesKey(event);
    const newest = incidents.get(latest.get(key) ?? '');
    if (newest === undefined || newest.state === 'resolved' || newest.startedAt <= incident.startedAt)
      latest.set(key, id);
  };
  const latestOf = (key: string) => incidents.get(latest.get(key) ?? '') ?? null;

  return {
    take,
    latest: latestOf,
    byId: (id) => incidents.get(id) ?? null,
    current: () => [...incidents.values()].filter(({ state }) => state !== 'resolved'),
    state: (key) => ({ ...(states.get(key) ?? quietState<Level>()), incident: incidentState(latestOf(key)) }),
    remember: (key, state) => {
      const isQuiet = state.reachedSinceMs === null && state.belowSinceMs === null && !state.wasClear;
      if (isQuiet) states.delete(key);
      else states.set(key, state);
    },
    look: async (warehouse, atMs) => {
      const nowMs = await readEngineNow(warehouse);
      const events =
        lookedMs === null
          ? await readCurrentEvents(warehouse, new Date(atMs - 2 * reopenWithinMs))
          : (await readEventsSince(warehouse, new Date(lookedMs - overlapMs), mostRead)).map(
              ({ event }) => event,
            );
      lookedMs = nowMs;
      for (const event of events) take(event);
      for (const [id, lookMs] of seen) if (lookMs < nowMs - 10 * overlapMs) seen.delete(id);
      for (const [id, { state, lastChangeAt }] of incidents) {
        if (state !== 'resolved' || atMs - lastChangeAt.getTime() <= 2 * reopenWithinMs) continue;
        incidents.delete(id);
      }
      for (const [key, id] of latest) if (!incidents.has(id)) latest.delete(key);
    },
  };
}

function incidentState(incident: Incident | null): SeriesState<Level>['incident'] {
  // What nobody was told of leaves no trace.
  if (incident === null || (incident.state === 'resolved' && incident.firedAt === null)) return null;
  const { state, severity, resolvedAt, resolvedBy, flaps, firedAt, worstSeverity } = incident;
  return {
    state,
    severity,
    resolvedAtMs: resolvedAt?.getTime() ?? null,
    isResolvedByHand: resolvedBy !== null && resolvedBy !== decider,
    flaps,
    wasPage: firedAt !== null && worstSeverity === 'page',
  };
}
