import { statfs } from 'node:fs/promises';
import type { Config } from '../schemas/config/config.js';
import { StartupError } from '../schemas/startup-error.js';
import { readFolders } from '../warehouse/disk/read-folders.js';
import { readServerDisks } from '../warehouse/disk/read-server-disks.js';
import type { Warehouse } from '../warehouse/warehouse.js';

/** Free bytes of the fullest disk that holds tables: the data directory's own, or the server's. */
export async function leastFreeBytes(warehouse: Warehouse, config: Config): Promise<number> {
  const readings =
    warehouse.mode === 'server'
      ? await readServerDisks(warehouse, config.clickhouse.cluster)
      : await readFolders([{ name: 'data', path: config.dataDir }], statfs);
  const free: number[] = [];
  for (const reading of readings) {
    if (reading.kind === 'unreadable') {
      throw new StartupError(
        `The free space of ${reading.path} cannot be read (${reading.reason}); use --count instead of --until-free.`,
      );
    }
    free.push(reading.space.freeBytes);
  }
  return Math.min(...free);
}
