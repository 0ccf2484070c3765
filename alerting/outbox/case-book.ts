import { z } from 'zod';
import type { Tenant } from '../../schemas/access.js';
import type { IncidentEvent } from '../../schemas/alerting/incident-event.js';
import type { AlertingSettings } from '../../schemas/config/alerting.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { readCurrentEvents, readEventsOf, readEventsSince } from '../incidents/read-events.js';
import { type Case, casesOf } from '../routing/case.js';
import { ownedLabels } from '../routing/owned-labels.js';

const COUNT = 'SELECT count() AS events FROM incident_events';
const Count = z.object({ events: z.coerce.number() });

const minuteMs = 60_000;
/** An insert may become visible this much later than one that began after it. */
const overlapMs = 2 * minuteMs;
const mostEvents = 5_000;
/** Incidents that ended longer ago are of no more interest, unless a thread still stands for them. */
const keptMs = 24 * 60 * minuteMs;

type Known = { tenant: Tenant; events: Map<string, IncidentEvent>; cases: readonly Case[] };

/** The incidents that may have to be told of, kept up with what is appended. Losing it costs one read. */
export type CaseBook = {
  /** Takes in what was appended since the last look. */
  look: (nowMs: number) => Promise<void>;
  casesOf: (tenant: Tenant) => Case[];
  tenants: () => Tenant[];
};

export async function openCaseBook(
  warehouse: Warehouse,
  ownership: AlertingSettings['ownership'],
  nowMs: number,
  threads: readonly { tenant: Tenant; incidentId: string }[],
): Promise<CaseBook> {
  const known = new Map<string, Known>();
  const changed = new Set<string>();
  const add = (event: IncidentEvent) => {
    const key = `${event.tenant} ${event.incidentId}`;
    const one = known.get(key) ?? { tenant: event.tenant, events: new Map(), cases: [] };
    if (one.events.has(event.eventId)) return;
    one.events.set(event.eventId, event);
    known.set(key, one);
    changed.add(key);
  };
  const refold = () => {
    for (const key of changed) {
      const one = known.get(key);
      if (one === undefined) continue;
      const cases = casesOf([...one.events.values()]);
      known.set(key, {
        ...one,
        cases: cases.map((each) => ({ ...each, labels: ownedLabels(each.labels, ownership) })),
      });
    }
    changed.clear();
  };
  let sinceMs = nowMs - overlapMs;
  for (const event of await readCurrentEvents(warehouse, new Date(nowMs - keptMs))) add(event);
  for (const { tenant, incidentId } of threads) {
    if (known.has(`${tenant} ${incidentId}`)) continue;
    for (const event of await readEventsOf(warehouse.forTenant(tenant), incidentId)) add(event);
  }
  refold();
  let seen = -1;
  const look = async (atMs: number): Promise<void> => {
    const [count] = await warehouse.query(COUNT, {}, Count, { lane: 'lookups' });
    if (count?.events === seen) return;
    let fromMs = sinceMs - overlapMs;
    for (;;) {
      const arrived = await readEventsSince(warehouse, new Date(fromMs), mostEvents);
      for (const { event } of arrived) add(event);
      const lastMs = arrived.at(-1)?.appendedAt.getTime() ?? fromMs;
      sinceMs = Math.max(sinceMs, lastMs);
      if (arrived.length < mostEvents) break;
      // Many written within one millisecond must not hold it up for good.
      fromMs = lastMs > fromMs ? lastMs : lastMs + 1;
    }
    seen = count?.events ?? -1;
    refold();
    for (const [key, { cases }] of known)
      if (cases.every(({ resolvedAtMs }) => resolvedAtMs !== null && resolvedAtMs < atMs - 2 * keptMs))
        known.delete(key);
  };
  return {
    look,
    casesOf: (tenant) => [...known.values()].flatMap((one) => (one.tenant === tenant ? one.cases : [])),
    tenants: () => [...new Set([...known.values()].map(({ tenant }) => tenant))],
  };
}
