import { z } from 'zod';
import type { Warehouse } from '../warehouse.js';
import { neverMerges } from './never-merges.js';
import { PartitionId } from './partition-id.js';
import type { Part } from './plan-chunks.js';
import type { StoredTable } from './stored-table.js';

const PARTITIONS = `
  SELECT DISTINCT partition_id AS id FROM system.parts
  WHERE database = {database: String} AND table = {table: String} AND active AND rows > 0 ORDER BY id`;

const PARTS = `
  SELECT name, rows, data_uncompressed_bytes AS uncompressedBytes FROM system.parts
  WHERE database = {database: String} AND table = {table: String} AND active AND rows > 0 ORDER BY name`;

const STALE = `
  SELECT name FROM system.tables
  WHERE database = {database: String} AND startsWith(name, 'backup__')`;

const Id = z.object({ id: PartitionId });
const Name = z.object({ name: z.string().regex(/^\w+$/) });
const PartRow = z.object({
  name: z.string(),
  rows: z.coerce.number().int(),
  uncompressedBytes: z.coerce.number(),
});

export function snapshotName(table: string): string {
  return `backup__${table}`;
}

/**
 * Makes an empty table like this one that never merges and never ages. Freezing then gives it the parts the table has at
 * that moment, by hard links: it takes no time and no disk, and what happens to the table afterwards does not show.
 */
export async function prepareSnapshot(
  warehouse: Warehouse,
  database: string,
  table: StoredTable,
): Promise<void> {
  const name = `${database}.${snapshotName(table.name)}`;
  await warehouse.command(`CREATE TABLE ${name} AS ${database}.${table.name}`);
  await warehouse.command(`ALTER TABLE ${name} MODIFY SETTING ${neverMerges}`);
  if (table.ages) await warehouse.command(`ALTER TABLE ${name} REMOVE TTL`);
}

export async function freeze(warehouse: Warehouse, database: string, { name }: StoredTable): Promise<void> {
  const partitions = await warehouse.query(PARTITIONS, { database, table: name }, Id);
  for (const { id } of partitions) {
    await warehouse.command(
      `ALTER TABLE ${database}.${snapshotName(name)} ATTACH PARTITION ID '${id}' FROM ${database}.${name}`,
    );
  }
}

export async function snapshotParts(
  warehouse: Warehouse,
  database: string,
  { name }: StoredTable,
): Promise<Part[]> {
  return await warehouse.query(PARTS, { database, table: snapshotName(name) }, PartRow);
}

/** Also takes away what an interrupted backup left. */
export async function dropSnapshots(warehouse: Warehouse, database: string): Promise<void> {
  for (const { name } of await warehouse.query(STALE, { database }, Name))
    await warehouse.command(`DROP TABLE IF EXISTS ${database}.${name} SYNC`);
}
