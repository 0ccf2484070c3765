import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IncidentEvent } from '../../schemas/alerting/incident-event.js';
import { RowBytes } from '../../settle/write/row-bytes.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { readEngineNow } from '../ledger/read-touched.js';
import { type AppendEvents, incidentLog } from './append-events.js';

const columns = [
  { name: 'tenant', type: 'LowCardinality(String)' },
  { name: 'incident', type: 'String' },
  { name: 'sequence', type: 'UInt32' },
  { name: 'event_id', type: 'String' },
  { name: 'kind', type: 'LowCardinality(String)' },
  { name: 'at', type: "DateTime64(3, 'UTC')" },
  { name: 'appended_at', type: "DateTime64(3, 'UTC')" },
  { name: 'body', type: 'String' },
] as const;

/** From here on one file of rows is quicker than many small statements. */
const manyEvents = 50;

/** Writes few events as one statement and a storm of them as one segment, which the engine takes once. */
export function bulkIncidentLog(warehouse: Warehouse, directory: string): AppendEvents {
  const appendFew = incidentLog(warehouse);
  return async (events) => {
    if (events.length < manyEvents) return await appendFew(events);
    // By the engine's clock, as with statements: readers ask again from some minutes before the last they saw.
    const appendedMs = await readEngineNow(warehouse);
    const token = tokenOf(events);
    const path = join(directory, `events-${token}.bin`);
    await writeFile(path, rowsOf(events, appendedMs));
    try {
      await warehouse.insertSegment({ table: 'incident_events', columns, path, token });
    } finally {
      await rm(path, { force: true });
    }
  };
}

function rowsOf(events: readonly IncidentEvent[], appendedMs: number): Buffer {
  const bytes = new RowBytes();
  for (const event of events) {
    bytes.text(event.tenant);
    bytes.text(event.incidentId);
    bytes.u32(event.sequence);
    bytes.text(event.eventId);
    bytes.text(event.kind);
    bytes.i64(BigInt(Date.parse(event.at)));
    bytes.i64(BigInt(Math.round(appendedMs)));
    bytes.text(JSON.stringify(event));
  }
  return bytes.done();
}

function tokenOf(events: readonly IncidentEvent[]): string {
  const hash = createHash('sha256');
  for (const { eventId } of events) hash.update(eventId).update(' ');
  return hash.digest('hex').slice(0, 32);
}
