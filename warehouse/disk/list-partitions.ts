import { z } from 'zod';
import type { Warehouse } from '../warehouse.js';
import type { Partition } from './plan-drop.js';

export type PartitionScope = {
  database: string;
  /** Names the cluster to add up the parts of all its nodes; null for one node. */
  cluster: string | null;
  /** The tables that hold rows (`spans`, or `spans_local` on a cluster). */
  tables: readonly string[];
};

const select = `
  SELECT table, partition_id, sum(bytes_on_disk) AS bytes, sum(rows) AS total_rows`;
const where = `
  WHERE database = {database: String} AND table IN {tables: Array(String)} AND active
  GROUP BY table, partition_id
  ORDER BY partition_id, table`;
const nodeSql = `${select} FROM system.parts ${where}`;
const clusterSql = `${select} FROM clusterAllReplicas({cluster: String}, system.parts) ${where}`;

const Row = z.object({
  table: z.string(),
  partition_id: z.string(),
  bytes: z.coerce.number(),
  total_rows: z.coerce.number(),
});

// Tables partitioned by day or month have ids that are dates, which sort by age. Others ("all", hashes) are state:
// they have no oldest part and are never offered.
const datedId = /^\d{6}(\d{2})?$/;

/** What each table keeps, the oldest first. */
export async function listPartitions(warehouse: Warehouse, scope: PartitionScope): Promise<Partition[]> {
  const { database, cluster, tables } = scope;
  const rows =
    cluster === null
      ? await warehouse.query(nodeSql, { database, tables }, Row)
      : await warehouse.query(clusterSql, { database, tables, cluster }, Row);
  return rows
    .filter(({ partition_id: id }) => datedId.test(id))
    .map(({ table, partition_id: id, bytes, total_rows: rowCount }) => ({ table, id, bytes, rowCount }));
}
