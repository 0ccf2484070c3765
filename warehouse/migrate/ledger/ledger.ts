import { z } from 'zod';
import type { Warehouse } from '../../warehouse.js';
import { renderMigration } from '../render/render-migration.js';
import type { Target } from '../render/target.js';
import { LedgerEntry } from './ledger-entry.js';

// Written like a migration so that both layouts come from the same renderer; it is the one table that is not one.
const tableSql = `
  CREATE TABLE IF NOT EXISTS {{table:schema_migrations on every node}}
  (
      version UInt32,
      name String,
      event Enum8('started' = 1, 'statement' = 2, 'finished' = 3),
      statement UInt16,
      checksum String,
      program String,
      layout String,
      at DateTime64(3, 'UTC')
  )
  ENGINE = {{engine:MergeTree}}
  ORDER BY (version, at, event, statement)`;

const existsSql = `
  SELECT name FROM system.tables WHERE database = {database: String} AND name = 'schema_migrations'`;

const readSql = `
  SELECT version, name, event, statement, checksum, program, layout, toUnixTimestamp64Milli(at) AS at
  FROM {database: Identifier}.schema_migrations
  ORDER BY at, version, event, statement`;

const appendSql = `
  INSERT INTO {database: Identifier}.schema_migrations
    (version, name, event, statement, checksum, program, layout, at)
  SELECT {version: UInt32}, {name: String}, {event: String}, {statement: UInt16}, {checksum: String},
    {program: String}, {layout: String}, {at: DateTime64(3, 'UTC')}`;

const syncSql = 'SYSTEM SYNC REPLICA {database: Identifier}.schema_migrations';

const Row = LedgerEntry.extend({ at: z.coerce.number().transform((ms) => new Date(ms)) });

/** All events so far; none when the database was never migrated, which this does not change. */
export async function readLedger(warehouse: Warehouse, target: Target): Promise<LedgerEntry[]> {
  const { database } = target;
  const [table] = await warehouse.query(existsSql, { database }, z.object({ name: z.string() }));
  return table === undefined ? [] : await warehouse.query(readSql, { database }, Row);
}

export async function createLedger(warehouse: Warehouse, target: Target): Promise<void> {
  for (const statement of renderMigration(tableSql, target).statements) await warehouse.command(statement);
  // Another node may have written events that this one has not fetched yet.
  if (target.kind === 'cluster') await warehouse.command(syncSql, { database: target.database });
}

export async function appendLedger(warehouse: Warehouse, target: Target, entry: LedgerEntry): Promise<void> {
  await warehouse.command(appendSql, { ...entry, database: target.database });
}
