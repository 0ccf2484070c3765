import { z } from 'zod';
import { StartupError } from '../../schemas/startup-error.js';
import type { Warehouse } from '../warehouse.js';
import type { StoredTable } from './stored-table.js';

const ROWS = `
  SELECT name, total_rows AS rows FROM system.tables
  WHERE database = {database: String} AND name IN {tables: Array(String)} AND total_rows > 0
  ORDER BY rows DESC`;

const Row = z.object({ name: z.string(), rows: z.coerce.number().int() });

/** Rows from two histories in one table could never be told apart again, so that must be asked for. */
export async function requireEmptyTables(
  warehouse: Warehouse,
  database: string,
  wanted: readonly StoredTable[],
): Promise<void> {
  const tables = wanted.map(({ name }) => name);
  const [used] = await warehouse.query(ROWS, { database, tables }, Row);
  if (used === undefined) return;
  throw new StartupError(
    `The database "${database}" is not empty: ${used.name} holds ${used.rows} rows. Restore into an empty one, or put the backup beside what is there with --add.`,
  );
}
