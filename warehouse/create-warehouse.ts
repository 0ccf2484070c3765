import type { z } from 'zod';
import type { Engine } from './engine.js';
import { rowParser } from './statement/parse-rows.js';
import { tenantWarehouse } from './tenant-warehouse.js';
import { type Asked, createTurns } from './turns.js';
import type { ExportFile, Params, SegmentFile, StatementOptions, Warehouse } from './warehouse.js';
import type { WarehouseLimits } from './warehouse-limits.js';

export type WarehouseDeps = { limits: WarehouseLimits; newId: () => string };

/** The port over an engine: what both modes share, so that they cannot drift apart. */
export function createWarehouse(engine: Engine, { limits, newId }: WarehouseDeps): Warehouse {
  const turns = createTurns(engine, limits, newId);
  let closed: Promise<void> | null = null;

  async function query<Row>(
    sql: string,
    params: Params,
    row: z.ZodType<Row>,
    options: StatementOptions = {},
  ): Promise<Row[]> {
    const turn = await turns.begin({ purpose: 'read', sql, params, options });
    try {
      const parse = rowParser(row, turn.statement.queryId);
      const lines = await engine.read(turn.statement, turn.lane, turn.signal);
      return lines.map(parse);
    } catch (thrown) {
      throw turn.error(thrown);
    } finally {
      turn.end();
    }
  }

  async function* stream<Row>(
    sql: string,
    params: Params,
    row: z.ZodType<Row>,
    options: StatementOptions = {},
  ): AsyncGenerator<Row, void, undefined> {
    const turn = await turns.begin({ purpose: 'stream', sql, params, options });
    try {
      const parse = rowParser(row, turn.statement.queryId);
      for await (const lines of engine.stream(turn.statement, turn.lane, turn.signal)) {
        for (const line of lines) {
          turn.signal.throwIfAborted();
          yield parse(line);
        }
      }
    } catch (thrown) {
      throw turn.error(thrown);
    } finally {
      turn.end();
    }
  }

  async function answerless(asked: Asked, segment: SegmentFile | null): Promise<void> {
    const turn = await turns.begin(asked);
    try {
      if (segment !== null) await engine.insert(turn.statement, segment, turn.signal);
      else await engine.run(turn.statement, turn.lane, turn.signal);
    } catch (thrown) {
      throw turn.error(thrown);
    } finally {
      turn.end();
    }
  }

  async function exportRows(
    sql: string,
    params: Params,
    file: ExportFile,
    options: StatementOptions = {},
  ): Promise<number | null> {
    const turn = await turns.begin({ purpose: 'command', sql, params, options });
    try {
      return await engine.export(turn.statement, file, turn.signal);
    } catch (thrown) {
      throw turn.error(thrown);
    } finally {
      turn.end();
    }
  }

  const warehouse: Warehouse = {
    mode: engine.mode,
    query,
    stream,
    exportRows,
    command: (sql, params = {}, options = {}) =>
      answerless({ purpose: 'command', sql, params, options }, null),
    insertSegment: (segment, options = {}) =>
      answerless({ purpose: 'insert', sql: '', params: {}, options }, segment),
    forTenant: (tenant) => tenantWarehouse(warehouse, tenant),
    close: () => {
      closed ??= turns.close().finally(() => engine.close());
      return closed;
    },
  };
  return warehouse;
}
