import { z } from 'zod';
import { quoteString } from '../statement/sql-text.js';
import type { Warehouse } from '../warehouse.js';
import { neverMerges } from './never-merges.js';
import { PartitionId } from './partition-id.js';
import type { StoredTable } from './stored-table.js';

/**
 * Tables that a restore fills before anything of it can be seen. No view looks at them, so sums are not made a second
 * time; their rows do not merge or age while they wait, so they can be compared with what was backed up; and moving a partition from there is one step of the engine. Their comment
 * says which backup they hold and whether all of it: that is how a restore that was cut off goes on.
 */
const prefix = 'restore__';

// As many files as one table can have: every file is remembered, so that one sent again is not stored again.
const rememberedFiles = 1_000_000;

const STAGING = `
  SELECT name, comment FROM system.tables
  WHERE database = {database: String} AND startsWith(name, '${prefix}')`;

// A partition that was moved away leaves an empty part behind for a while.
const PARTITIONS = `
  SELECT DISTINCT partition_id AS id FROM system.parts
  WHERE database = {database: String} AND table = {table: String} AND active AND rows > 0 ORDER BY id`;

const Row = z.object({ name: z.string().regex(/^\w+$/), comment: z.string() });
const Id = z.object({ id: PartitionId });

export type Staging = { backupId: string; isFull: boolean; tables: string[] };

export function stagingName(table: string): string {
  return `${prefix}${table}`;
}

/** What an earlier restore left; null when there is nothing. Full only when every table of it is. */
export async function findStaging(warehouse: Warehouse, database: string): Promise<Staging | null> {
  const rows = await warehouse.query(STAGING, { database }, Row);
  const [first] = rows;
  if (first === undefined) return null;
  const states = rows.map(({ comment }) => /^backup (\S+) (filling|full)$/.exec(comment));
  return {
    backupId: states[0]?.[1] ?? '',
    isFull: states.every((state) => state?.[2] === 'full'),
    tables: rows.map(({ name }) => name.slice(prefix.length)),
  };
}

export async function prepareStaging(
  warehouse: Warehouse,
  database: string,
  table: StoredTable,
  backupId: string,
): Promise<void> {
  const name = `${database}.${stagingName(table.name)}`;
  const comment = quoteString(`backup ${backupId} filling`);
  await warehouse.command(
    `CREATE TABLE IF NOT EXISTS ${name} AS ${database}.${table.name} COMMENT ${comment}`,
  );
  await warehouse.command(
    `ALTER TABLE ${name} MODIFY SETTING non_replicated_deduplication_window = ${rememberedFiles}, ${neverMerges}`,
  );
  if (table.ages) await warehouse.command(`ALTER TABLE ${name} REMOVE TTL`).catch(unlessGone);
}

/** A second try finds the TTL removed already. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Error && /doesn't have any table TTL/.test(error.message))) throw error;
}

export async function markFull(
  warehouse: Warehouse,
  database: string,
  table: string,
  backupId: string,
): Promise<void> {
  const comment = quoteString(`backup ${backupId} full`);
  await warehouse.command(`ALTER TABLE ${database}.${stagingName(table)} MODIFY COMMENT ${comment}`);
}

export async function listPartitionIds(
  warehouse: Warehouse,
  database: string,
  table: string,
): Promise<string[]> {
  return (await warehouse.query(PARTITIONS, { database, table }, Id)).map(({ id }) => id);
}

export async function dropStaging(warehouse: Warehouse, database: string): Promise<void> {
  for (const { name } of await warehouse.query(STAGING, { database }, Row))
    await warehouse.command(`DROP TABLE IF EXISTS ${database}.${name} SYNC`);
}
