import type { RunInSpan } from '../schemas/run-in-span.js';
import { tenantWarehouse } from './tenant-warehouse.js';
import type { Warehouse } from './warehouse.js';

/** The same door with a span around each statement. Segment inserts are left out: they follow from receiving telemetry. */
export function traceWarehouse(warehouse: Warehouse, runInSpan: RunInSpan): Warehouse {
  const attributes = (sql: string) => ({
    'db.system.name': 'clickhouse',
    'db.query.text': sql.trim().slice(0, 2_000),
  });
  const traced: Warehouse = {
    mode: warehouse.mode,
    query: (sql, params, row, options) =>
      runInSpan('warehouse query', attributes(sql), () => warehouse.query(sql, params, row, options)),
    stream: (sql, params, row, options) => warehouse.stream(sql, params, row, options),
    insertSegment: (segment, options) => warehouse.insertSegment(segment, options),
    command: (sql, params, options) =>
      runInSpan('warehouse command', attributes(sql), () => warehouse.command(sql, params, options)),
    forTenant: (tenant) => tenantWarehouse(traced, tenant),
    close: () => warehouse.close(),
  };
  return traced;
}
