import type { IncidentEvent } from '../../schemas/alerting/incident-event.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

const APPEND = `
  INSERT INTO incident_events (tenant, incident, sequence, event_id, kind, at, appended_at, body)
  SELECT tenant, incident, sequence, event_id, kind, fromUnixTimestamp64Milli(at_ms, 'UTC'), now64(3, 'UTC'), body
  FROM format(
    JSONEachRow,
    'tenant String, incident String, sequence UInt32, event_id String, kind String, at_ms Int64, body String',
    {rows: String})`;

/** The engine refuses statements above 256 kB, parameters included; a quote in JSON in JSON takes four. */
const mostCharacters = 60_000;

/** The one writer of incidents. Events only; what they come to is read, never stored. */
export type AppendEvents = (events: readonly IncidentEvent[]) => Promise<void>;

export function incidentLog(warehouse: Pick<Warehouse, 'command'>): AppendEvents {
  return async (events) => {
    let rows: string[] = [];
    let characters = 0;
    const flush = async () => {
      if (rows.length > 0) await warehouse.command(APPEND, { rows: rows.join('\n') });
      rows = [];
      characters = 0;
    };
    for (const event of events) {
      const row = rowOf(event);
      if (characters + row.length > mostCharacters) await flush();
      rows.push(row);
      characters += row.length;
    }
    await flush();
  };
}

function rowOf(event: IncidentEvent): string {
  return JSON.stringify({
    tenant: event.tenant,
    incident: event.incidentId,
    sequence: event.sequence,
    event_id: event.eventId,
    kind: event.kind,
    at_ms: new Date(event.at).getTime(),
    body: JSON.stringify(event),
  });
}
