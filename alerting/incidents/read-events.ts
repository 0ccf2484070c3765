import { z } from 'zod';
import { IncidentEvent } from '../../schemas/alerting/incident-event.js';
import type { TenantWarehouse, Warehouse } from '../../warehouse/warehouse.js';

// An event written twice is there twice with one id.
const SINCE = `
  SELECT toUnixTimestamp64Milli(min(appended_at)) AS appended_ms, any(body) AS body
  FROM incident_events
  WHERE appended_at >= {since: DateTime64(3, 'UTC')}
  GROUP BY tenant, incident, sequence, event_id
  ORDER BY appended_ms, tenant, incident, sequence, event_id
  LIMIT {limit: UInt32}`;

const OF_INCIDENT = `
  SELECT any(body) AS body
  FROM incident_events
  WHERE tenant = {tenant: String} AND incident = {incident: String}
  GROUP BY sequence, event_id
  ORDER BY sequence, min(at), event_id` as const;

// Incidents that are not over, and those that ended a short time ago.
const CURRENT = `
  SELECT any(body) AS body
  FROM incident_events
  WHERE (tenant, incident) IN (
    SELECT tenant, incident FROM incident_events
    WHERE kind IN ('withheld', 'fired', 'reopened', 'resolved')
    GROUP BY tenant, incident
    HAVING argMax(kind, (sequence, at)) != 'resolved' OR max(at) >= {endedSince: DateTime64(3, 'UTC')})
  GROUP BY tenant, incident, sequence, event_id
  ORDER BY tenant, incident, sequence, min(at), event_id`;

const Body = z.object({ body: z.string() }).transform(({ body }) => IncidentEvent.parse(JSON.parse(body)));
const Arrival = z
  .object({ appended_ms: z.coerce.number(), body: z.string() })
  .transform(({ appended_ms, body }) => ({
    appendedAt: new Date(appended_ms),
    event: IncidentEvent.parse(JSON.parse(body)),
  }));
export type ArrivedEvent = z.infer<typeof Arrival>;

/**
 * Events of all tenants in the order they were written. An insert may be seen some seconds later than one that began after
 * it, so who follows along asks again from a while before the last it saw, and knows events by their id.
 */
export async function readEventsSince(
  warehouse: Warehouse,
  since: Date,
  limit: number,
): Promise<ArrivedEvent[]> {
  return await warehouse.query(SINCE, { since, limit }, Arrival);
}

/** Everything that happened to one incident, in order; nothing when there is none. */
export async function readEventsOf(warehouse: TenantWarehouse, incidentId: string): Promise<IncidentEvent[]> {
  return await warehouse.query(OF_INCIDENT, { incident: incidentId }, Body);
}

/** All events of incidents that are not over or ended since, by tenant and incident, each in order. */
export async function readCurrentEvents(warehouse: Warehouse, endedSince: Date): Promise<IncidentEvent[]> {
  return await warehouse.query(CURRENT, { endedSince }, Body);
}
