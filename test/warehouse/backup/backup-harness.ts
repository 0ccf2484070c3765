import { randomUUID } from 'node:crypto';
import { readManifest } from '../../../warehouse/backup/backup-files.js';
import type { Manifest } from '../../../warehouse/backup/manifest.js';
import {
  type RestoreDeps,
  type RestoreReport,
  restoreBackup,
} from '../../../warehouse/backup/restore-backup.js';
import { type BackupDeps, writeBackup } from '../../../warehouse/backup/write-backup.js';
import { migrate } from '../../../warehouse/migrate/migrate.js';
import { readMigrations } from '../../../warehouse/migrate/read-migrations.js';
import { fillsOf } from '../../../warehouse/migrate/render/fills-of.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { runnerDeps, single } from '../migrate/migrate-harness.js';

const sqlDirectory = new URL('../../../schemas/sql/', import.meta.url);
export const schemaVersion = 17;

/** A database of its own with every table. */
export async function makeDatabase(warehouse: Warehouse): Promise<string> {
  const name = `db_${randomUUID().replaceAll('-', '')}`;
  await migrate(warehouse, await readMigrations(sqlDirectory), single(name), runnerDeps(randomUUID()));
  return name;
}

export function backup(
  warehouse: Warehouse,
  database: string,
  directory: string,
  changes: Partial<BackupDeps> = {},
): Promise<Manifest> {
  return writeBackup(warehouse, {
    database,
    directory,
    id: randomUUID(),
    program: '1.2.3',
    schemaVersion,
    now: () => new Date(),
    // Many files a table, as a large one has.
    chunkBytes: 100_000,
    whileStill: (work) => work(),
    onTable: () => undefined,
    ...changes,
  });
}

export async function restore(
  warehouse: Warehouse,
  database: string,
  directory: string,
  changes: Partial<RestoreDeps> = {},
  /** A table that the backup's schema did not have yet. */
  without: string | null = null,
): Promise<RestoreReport> {
  const fills = fillsOf(await readMigrations(sqlDirectory));
  const deps = {
    database,
    directory,
    schemaVersion,
    fills,
    adds: false,
    onTable: () => undefined,
    ...changes,
  };
  const manifest = await readManifest(directory);
  const tables = manifest.tables.filter(({ name }) => name !== without);
  return await restoreBackup(warehouse, { ...manifest, tables }, deps);
}

/** The same door, which fails at the statement of that number, before or after it has run. */
export function failingAt(warehouse: Warehouse, number: number, when: 'before' | 'after'): Warehouse {
  let count = 0;
  const around = async (run: () => Promise<void>) => {
    count++;
    if (count === number && when === 'before') throw new Error('cut off');
    await run();
    if (count === number) throw new Error('cut off');
  };
  return {
    ...warehouse,
    command: (sql, params, options) => around(() => warehouse.command(sql, params, options)),
    insertSegment: (segment, options) => around(() => warehouse.insertSegment(segment, options)),
  };
}
