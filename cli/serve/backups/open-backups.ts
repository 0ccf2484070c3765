import { join, resolve } from 'node:path';
import type { ZodPlugin } from '../../../schemas/zod-http.js';
import type { InsertGate } from '../../../warehouse/backup/insert-gate.js';
import { dropSnapshots } from '../../../warehouse/backup/snapshot.js';
import { writeBackup } from '../../../warehouse/backup/write-backup.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { findDatabase } from '../../backup/find-database.js';
import type { ServeContext } from '../server-parts.js';
import { createBackupBook } from './backup-book.js';
import { backupRoutes } from './backup-routes.js';

export type OpenedBackups = { routes: ZodPlugin; stop: () => Promise<void> };

/** Backups without stopping; null unless a directory is configured, or where a cluster must copy itself. */
export async function openBackups(
  { config, version, log, now, newId }: ServeContext,
  warehouse: Warehouse,
  gate: InsertGate,
): Promise<OpenedBackups | null> {
  const { backup, clickhouse } = config;
  // What a killed backup froze would keep its disk for ever. On a server it may be another process at work.
  if (warehouse.mode === 'embedded') await dropSnapshots(warehouse, clickhouse.database);
  if (backup.directory === null || clickhouse.cluster !== null) return null;
  const parent = resolve(backup.directory);
  const book = createBackupBook({
    write: async (directory, id, onTable, signal) => {
      const { whileStill } = gate;
      const found = await findDatabase(warehouse, clickhouse.database);
      await writeBackup(warehouse, {
        ...found,
        directory,
        id,
        program: version,
        now,
        whileStill,
        onTable,
        signal,
      });
      log.info({ directory }, 'backup written');
    },
    // Sorts by age, and no two are the same.
    placeOf: (at, id) => join(parent, `${at.toISOString().replaceAll(':', '-')}-${id.slice(0, 8)}`),
    onFailure: (error) => log.error({ err: error }, 'the backup failed'),
    now,
    newId,
  });
  return { routes: backupRoutes(book), stop: () => book.stop() };
}
