import type { RunInSpan } from '../schemas/run-in-span.js';
import { tenantWarehouse } from './tenant-warehouse.js';
import type { Warehouse } from './warehouse.js';
import { WarehouseError, type WarehouseErrorKind } from './warehouse-error.js';

export type StatementVerb = 'query' | 'insert' | 'command';
/** One finished statement. A failure that is not the warehouse's own counts as `other`. */
export type FinishedStatement = {
  verb: StatementVerb;
  outcome: 'ok' | WarehouseErrorKind | 'other';
  durationMs: number;
};

export type WatchDeps = {
  runInSpan: RunInSpan;
  observe: (statement: FinishedStatement) => void;
  nowMs: () => number;
};

/**
 * The same door, with each statement timed, counted and put into a span. Segment inserts get no span: they follow
 * from receiving telemetry, and a span about that would be received in turn. Streams are as long as their reader.
 */
export function watchWarehouse(warehouse: Warehouse, { runInSpan, observe, nowMs }: WatchDeps): Warehouse {
  const timed = async <T>(verb: StatementVerb, work: () => Promise<T>): Promise<T> => {
    const startedMs = nowMs();
    const finish = (outcome: FinishedStatement['outcome']) =>
      observe({ verb, outcome, durationMs: nowMs() - startedMs });
    try {
      const result = await work();
      finish('ok');
      return result;
    } catch (error) {
      finish(error instanceof WarehouseError ? error.kind : 'other');
      throw error;
    }
  };
  const inSpan = <T>(verb: 'query' | 'command', sql: string, work: () => Promise<T>): Promise<T> => {
    const attributes = { 'db.system.name': 'clickhouse', 'db.query.text': sql.trim().slice(0, 2_000) };
    return runInSpan(`warehouse ${verb}`, attributes, () => timed(verb, work));
  };
  const watched: Warehouse = {
    mode: warehouse.mode,
    query: (sql, params, row, options) =>
      inSpan('query', sql, () => warehouse.query(sql, params, row, options)),
    stream: (sql, params, row, options) => warehouse.stream(sql, params, row, options),
    exportRows: (sql, params, file, options) =>
      inSpan('query', sql, () => warehouse.exportRows(sql, params, file, options)),
    insertSegment: (segment, options) => timed('insert', () => warehouse.insertSegment(segment, options)),
    command: (sql, params, options) => inSpan('command', sql, () => warehouse.command(sql, params, options)),
    forTenant: (tenant) => tenantWarehouse(watched, tenant),
    close: () => warehouse.close(),
  };
  return watched;
}
