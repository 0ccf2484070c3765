import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { Figure } from './figure.js';

const rollups = [
  'invocations_1m',
  'invocations_1h',
  'latency_1m',
  'latency_1h',
  'latency_1d',
  'seen_1h',
  'counted_1h',
  'tagged_usage_1h',
  'errors_1m',
] as const;

const TABLES = `
  SELECT table, sum(bytes_on_disk) AS bytes, sum(rows) AS rows, count() AS parts
  FROM system.parts WHERE active AND database = currentDatabase() GROUP BY table HAVING rows > 0 ORDER BY bytes DESC`;
const Table = z.object({
  table: z.string(),
  bytes: z.coerce.number(),
  rows: z.coerce.number(),
  parts: z.coerce.number(),
});

const COLUMNS = `
  SELECT table, column, sum(column_data_compressed_bytes) AS bytes
  FROM system.parts_columns WHERE active AND database = currentDatabase() AND table = 'invocations'
  GROUP BY table, column ORDER BY table, bytes DESC LIMIT 6 BY table`;
const Column = z.object({ table: z.string(), column: z.string(), bytes: z.coerce.number() });

/** What everything takes once merges have come to an end, by table and for the largest columns. */
export async function diskFigures(warehouse: Warehouse): Promise<Figure[]> {
  for (const table of ['invocations', 'spans', 'dependencies_1m', 'provider_counts', ...rollups])
    await warehouse.command(`OPTIMIZE TABLE ${table} FINAL`, {}, { timeoutMs: 1_800_000 });
  const tables = await warehouse.query(TABLES, {}, Table);
  const named = new Map(tables.map((one) => [one.table, one]));
  const invocations = named.get('invocations')?.rows ?? Number.NaN;
  const spans = named.get('spans')?.rows ?? Number.NaN;
  const bytesOf = (table: string) => named.get(table)?.bytes ?? 0;
  const each = 'bytes per invocation';
  const figures: Figure[] = [
    { measure: 'invocations', value: invocations / 1e6, unit: 'M' },
    { measure: 'spans', value: spans / 1e6, unit: 'M' },
    {
      measure: 'invocations, raw',
      value: bytesOf('invocations') / invocations,
      unit: each,
      aim: 'at most 45',
    },
    { measure: 'spans, raw', value: bytesOf('spans') / spans, unit: 'bytes per span', aim: 'at most 50' },
  ];
  let sum = 0;
  for (const table of rollups) {
    sum += bytesOf(table);
    figures.push({ measure: `rollup ${table}`, value: bytesOf(table) / invocations, unit: each });
  }
  figures.push({ measure: 'rollups, all of them', value: sum / invocations, unit: each, aim: 'at most 4' });
  for (const { table, column, bytes } of await warehouse.query(COLUMNS, {}, Column)) {
    const rows = named.get(table)?.rows ?? Number.NaN;
    figures.push({ measure: `of ${table}: ${column}`, value: bytes / rows, unit: 'bytes per row' });
  }
  const parts = tables.reduce((total, one) => total + one.parts, 0);
  figures.push({ measure: 'parts of all tables', value: parts, unit: 'parts' });
  return figures;
}
