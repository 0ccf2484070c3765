import { z } from 'zod';
import { IncidentEvent } from '../../schemas/alerting/incident-event.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { foldIncidents, type Incident } from './fold-events.js';

// Incidents that began before `to` and were not over at `from`, the last to begin first.
const SQL = `
  SELECT any(body) AS body
  FROM incident_events
  WHERE tenant = {tenant: String} AND incident IN (
    SELECT incident FROM incident_events
    WHERE tenant = {tenant: String}
    GROUP BY incident
    HAVING min(at) < {to: DateTime64(3, 'UTC')}
      AND (max(at) >= {from: DateTime64(3, 'UTC')}
        OR argMaxIf(kind, (sequence, at), kind IN ('withheld', 'fired', 'reopened', 'resolved')) != 'resolved')
      AND ({isWithheldToo: Bool} OR countIf(kind = 'fired') > 0)
    ORDER BY min(at) DESC, incident
    LIMIT {limit: UInt32})
  GROUP BY incident, sequence, event_id
  ORDER BY incident, sequence, min(at), event_id` as const;

const PARTS = `
  SELECT any(body) AS body
  FROM incident_events
  WHERE tenant = {tenant: String} AND incident IN (
    SELECT incident FROM incident_events
    WHERE tenant = {tenant: String} AND kind = 'joined' AND JSONExtractString(body, 'parentId') = {parent: String}
    LIMIT {limit: UInt32})
  GROUP BY incident, sequence, event_id
  ORDER BY incident, sequence, min(at), event_id` as const;

const Body = z.object({ body: z.string() }).transform(({ body }) => IncidentEvent.parse(JSON.parse(body)));

export type IncidentsAsked = { from: Date; to: Date; isWithheldToo: boolean; limit: number };

/** Incidents that were there in a window, the last to begin first. */
export async function listIncidents(warehouse: TenantWarehouse, asked: IncidentsAsked): Promise<Incident[]> {
  return newestFirst(foldIncidents(await warehouse.query(SQL, asked, Body)));
}

/** Incidents that are part of one. */
export async function listParts(
  warehouse: TenantWarehouse,
  parentId: string,
  limit: number,
): Promise<Incident[]> {
  const all = foldIncidents(await warehouse.query(PARTS, { parent: parentId, limit }, Body));
  return newestFirst(all.filter((one) => one.parentId === parentId));
}

function newestFirst(incidents: Incident[]): Incident[] {
  const time = ({ firedAt, startedAt }: Incident) => (firedAt ?? startedAt).getTime();
  return incidents.sort((one, other) => time(other) - time(one) || (one.id < other.id ? -1 : 1));
}
