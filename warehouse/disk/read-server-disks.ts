import { z } from 'zod';
import type { Warehouse } from '../warehouse.js';
import type { DiskReading } from './disk-reading.js';

// Object storage reports the largest number there is as its size: it cannot be full, so it is left out.
const columns = 'name, path, unreserved_space AS free_bytes, total_space AS total_bytes';
const where = "WHERE type = 'Local' AND NOT is_remote AND NOT is_broken";
const nodeSql = `SELECT hostName() AS host, ${columns} FROM system.disks ${where} ORDER BY host, name`;
const clusterSql = `
  SELECT hostName() AS host, ${columns} FROM clusterAllReplicas({cluster: String}, system.disks) ${where}
  ORDER BY host, name
  SETTINGS skip_unavailable_shards = 1`;

const Row = z.object({
  host: z.string(),
  name: z.string(),
  path: z.string(),
  free_bytes: z.coerce.number(),
  total_bytes: z.coerce.number(),
});

/** Asks the server, or every node of the cluster, how full its own disks are. */
export async function readServerDisks(warehouse: Warehouse, cluster: string | null): Promise<DiskReading[]> {
  try {
    const rows =
      cluster === null
        ? await warehouse.query(nodeSql, {}, Row)
        : await warehouse.query(clusterSql, { cluster }, Row);
    return rows.map(({ host, name, path, free_bytes: freeBytes, total_bytes: totalBytes }) => ({
      kind: 'measured',
      name: `${host}/${name}`,
      path,
      space: { freeBytes, totalBytes, freeInodeRatio: null },
    }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ kind: 'unreadable', name: 'server', path: 'system.disks', reason }];
  }
}
