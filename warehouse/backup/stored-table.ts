import { z } from 'zod';
import type { Warehouse } from '../warehouse.js';
import { TableName } from './manifest.js';

// Everything that holds rows, so that a new table is in the backup without being named: all but the record of migrations
// and what a backup, a restore or the making of a demo's history needs for itself.
const TABLES = `
  SELECT name, engine, engine_full LIKE '% TTL %' AS ages
  FROM system.tables
  WHERE database = {database: String} AND engine LIKE '%MergeTree'
    AND name != 'schema_migrations' AND NOT startsWith(name, 'backup__') AND NOT startsWith(name, 'restore__')
    AND NOT startsWith(name, 'history__')
  ORDER BY name`;

// Columns that are computed, not stored, come back by themselves.
const COLUMNS = `
  SELECT table, name, type, is_in_sorting_key AS is_key
  FROM system.columns
  WHERE database = {database: String} AND default_kind IN ('', 'DEFAULT')
  ORDER BY table, position`;

const Table = z.object({ name: TableName, engine: z.string(), ages: z.coerce.boolean() });
const Column = z.object({
  table: z.string(),
  name: z.string(),
  type: z.string(),
  is_key: z.coerce.boolean(),
});

export type StoredColumn = { name: string; type: string; isKey: boolean };
export type StoredTable = {
  name: string;
  /** The engine, such as VersionedCollapsingMergeTree. */
  engine: string;
  /** True when old rows go by themselves. */
  ages: boolean;
  columns: StoredColumn[];
};

/** The tables that hold rows, with the columns that are stored. */
export async function listStoredTables(warehouse: Warehouse, database: string): Promise<StoredTable[]> {
  const tables = await warehouse.query(TABLES, { database }, Table);
  const columns = await warehouse.query(COLUMNS, { database }, Column);
  return tables.map(({ name, engine, ages }) => ({
    name,
    engine,
    ages,
    columns: columns
      .filter(({ table }) => table === name)
      .map(({ name: column, type, is_key }) => ({ name: column, type, isKey: is_key })),
  }));
}
