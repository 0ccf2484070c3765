import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { Row } from './row.js';

const BYTES = `
  SELECT table, sum(bytes_on_disk) AS bytes, sum(rows) AS rows FROM system.parts
  WHERE active AND database = currentDatabase() AND table NOT LIKE '%migrations%' GROUP BY table ORDER BY table`;

const Bytes = z.object({ table: z.string(), bytes: z.coerce.number(), rows: z.coerce.number() });

/** What all tables together keep of a span, and the large ones each of a row. */
export async function disk(warehouse: Warehouse): Promise<Row[]> {
  const tables = await warehouse.query(BYTES, {}, Bytes);
  const spans = tables.find(({ table }) => table === 'spans')?.rows ?? Number.NaN;
  const total = tables.reduce((sum, { bytes }) => sum + bytes, 0);
  const large = tables.filter(({ table }) => ['invocations', 'resources', 'spans'].includes(table));
  return [
    { measure: 'on disk, all tables and rollups', value: total / spans, unit: 'bytes per span' },
    ...large.map(({ table, bytes, rows }) => ({
      measure: `${table} on disk`,
      value: bytes / rows,
      unit: 'bytes per row',
    })),
  ];
}
