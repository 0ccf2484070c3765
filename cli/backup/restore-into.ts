import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../../schemas/config/config.js';
import { StartupError } from '../../schemas/startup-error.js';
import { readManifest } from '../../warehouse/backup/backup-files.js';
import type { Manifest } from '../../warehouse/backup/manifest.js';
import { type RestoreReport, restoreBackup } from '../../warehouse/backup/restore-backup.js';
import { findStaging } from '../../warehouse/backup/staging.js';
import { readMigrations } from '../../warehouse/migrate/read-migrations.js';
import { fillsOf } from '../../warehouse/migrate/render/fills-of.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { CommandContext } from '../command.js';
import { openPreparedWarehouse } from '../open-warehouse.js';
import { migrationsDirectory, updateSchema } from '../update-schema.js';
import { backUpData } from './back-up-data.js';
import { configOfDataDirectory, isDataDirectory, waitingSegments } from './data-directory.js';
import { progressLine } from './progress.js';
import { stopped } from './stopped.js';

/** Restores a backup, or moves a data directory: a backup of it inside it, restored, and taken away again. */
export async function restoreInto(
  config: Config,
  from: string,
  adds: boolean,
  context: CommandContext,
): Promise<RestoreReport> {
  if (!(await isDataDirectory(from))) return await restore(config, from, adds, context);
  if (config.clickhouse.url === null)
    throw new StartupError(
      `${from} is a data directory, and so is the target (${config.dataDir}): set COLDBURN_CLICKHOUSE_URL to move it to a server, or make a backup of it first and restore that.`,
    );
  const { io } = context;
  const moving = join(resolve(from), 'moving');
  const begun = await readManifest(moving).catch(() => null);
  if (begun === null || !(await isUnderWay(config, begun, context))) {
    await rm(moving, { recursive: true, force: true });
    io.err(`Writing ${from} into files; they take about as much disk again, until they are on the server.`);
    await backUpData(configOfDataDirectory(config, from), moving, context);
  }
  const report = await restore(config, moving, adds, context);
  await rm(moving, { recursive: true, force: true });
  const waiting = await waitingSegments(from);
  if (waiting > 0)
    io.err(
      `${from}/spool holds ${waiting} segments of acknowledged telemetry: keep it as COLDBURN_DATA_DIR, and the next start sends them to the server.`,
    );
  return report;
}

/** True when the server holds half of that very backup: then the data directory is not read a second time. */
async function isUnderWay(config: Config, { id }: Manifest, { now }: CommandContext): Promise<boolean> {
  return await withWarehouse(config, now, async (warehouse) => {
    const staging = await findStaging(warehouse, config.clickhouse.database);
    return staging?.backupId === id;
  });
}

async function restore(
  config: Config,
  directory: string,
  adds: boolean,
  { io, now, version, stopSignal }: CommandContext,
): Promise<RestoreReport> {
  const manifest = await readManifest(directory);
  return await withWarehouse(config, now, async (warehouse) => {
    const { schemaVersion } = await updateSchema(warehouse, config, { version, now });
    const tell = progressLine(io.err, now);
    const signal = stopSignal();
    return await restoreBackup(warehouse, manifest, {
      database: config.clickhouse.database,
      directory,
      schemaVersion,
      fills: fillsOf(await readMigrations(migrationsDirectory)),
      adds,
      onTable: ({ table, files, of }) => tell(table, `file ${files} of ${of}`),
      signal,
    }).catch((error: unknown) => {
      throw signal.aborted
        ? stopped(signal, 'run the same command again, and it goes on from there', error)
        : error;
    });
  });
}

async function withWarehouse<Result>(
  config: Config,
  now: () => Date,
  use: (warehouse: Warehouse) => Promise<Result>,
): Promise<Result> {
  const warehouse = await openPreparedWarehouse(config, now);
  try {
    return await use(warehouse);
  } finally {
    await warehouse.close();
  }
}
