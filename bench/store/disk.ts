import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { Figure } from './figure.js';

const SQL = `
  SELECT table, sum(bytes_on_disk) AS bytes, sum(rows) AS rows
  FROM system.parts WHERE active AND database = currentDatabase() AND table NOT LIKE 'bench_%'
  GROUP BY table HAVING rows > 0 ORDER BY table`;
const Row = z.object({ table: z.string(), bytes: z.coerce.number(), rows: z.coerce.number() });

const COLUMNS = `
  SELECT column, sum(column_data_compressed_bytes) AS bytes
  FROM system.parts_columns WHERE active AND database = currentDatabase() AND table = 'invocations'
  GROUP BY column ORDER BY bytes DESC LIMIT 8`;
const Column = z.object({ column: z.string(), bytes: z.coerce.number() });

const rollups = new Set(['invocations_1m', 'invocations_1h', 'latency_1m', 'latency_1h']);
const ids = new Set(['trace_id', 'span_id', 'parent_span_id', 'invocation_id', 'delivery_id']);

/** Bytes on disk for each invocation, by table, and what of the raw row is ids nobody can compress. */
export async function bytesPerInvocation(warehouse: Warehouse, total: number): Promise<Figure[]> {
  const tables = await warehouse.query(SQL, {}, Row);
  const unit = 'bytes per invocation';
  const figures: Figure[] = [];
  for (const { table, bytes, rows } of tables) {
    if (table === 'invocations') figures.push({ measure: 'raw on disk', value: bytes / rows, unit });
    if (table === 'spans')
      figures.push({ measure: 'spans on disk', value: bytes / rows, unit: 'bytes per span' });
    if (rollups.has(table)) figures.push({ measure: `${table} on disk`, value: bytes / total, unit });
  }
  const ofRollups = tables
    .filter(({ table }) => rollups.has(table))
    .reduce((sum, { bytes }) => sum + bytes, 0);
  figures.push({ measure: 'rollups on disk, all', value: ofRollups / total, unit });
  const columns = await warehouse.query(COLUMNS, {}, Column);
  const ofIds = columns.filter(({ column }) => ids.has(column)).reduce((sum, { bytes }) => sum + bytes, 0);
  figures.push({ measure: 'raw on disk, random ids alone', value: ofIds / total, unit });
  return figures;
}
