import { z } from 'zod';
import type { Warehouse } from '../warehouse.js';
import { listPartitions, type PartitionScope } from './list-partitions.js';
import { type DropGoal, type Partition, planDrop } from './plan-drop.js';

// Identifiers cannot be parameters of ON CLUSTER, and partition ids come back from the engine: both are checked.
const Name = z.string().regex(/^[A-Za-z0-9_.-]+$/);

export type DropDeps = {
  /** The free bytes of the fullest disk that holds the tables. */
  freeBytes: () => Promise<number>;
  /** Told before each drop and after it, so that the record exists whatever happens in between. */
  record: (event: { phase: 'dropping' | 'dropped'; partition: Partition }) => Promise<void>;
};

export type DropReport = { dropped: Partition[]; bytes: number; rowCount: number };

/**
 * Gives up the oldest partitions of these tables, and only when called: nothing in the guard calls it by itself. An
 * error stops it; what was dropped until then has been recorded.
 */
export async function dropOldestPartitions(
  warehouse: Warehouse,
  scope: PartitionScope,
  goal: DropGoal,
  deps: DropDeps,
): Promise<DropReport> {
  const partitions = await listPartitions(warehouse, scope);
  const chosen = planDrop(partitions, goal, await deps.freeBytes(), scope.tables);
  const dropped: Partition[] = [];
  for (const partition of chosen) {
    await deps.record({ phase: 'dropping', partition });
    await warehouse.command(dropSql(scope, partition), {});
    dropped.push(partition);
    await deps.record({ phase: 'dropped', partition });
  }
  return {
    dropped,
    bytes: dropped.reduce((sum, { bytes }) => sum + bytes, 0),
    rowCount: dropped.reduce((sum, { rowCount }) => sum + rowCount, 0),
  };
}

function dropSql({ database, cluster }: PartitionScope, { table, id }: Partition): string {
  const where = cluster === null ? '' : ` ON CLUSTER '${Name.parse(cluster)}'`;
  return `ALTER TABLE ${Name.parse(database)}.${Name.parse(table)}${where} DROP PARTITION ID '${Name.parse(id)}'`;
}
