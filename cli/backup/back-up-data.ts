import { randomUUID } from 'node:crypto';
import type { Config } from '../../schemas/config/config.js';
import type { Manifest } from '../../warehouse/backup/manifest.js';
import { writeBackup } from '../../warehouse/backup/write-backup.js';
import type { CommandContext } from '../command.js';
import { openPreparedWarehouse } from '../open-warehouse.js';
import { findDatabase } from './find-database.js';
import { progressLine } from './progress.js';
import { stopped } from './stopped.js';

/** Opens what the configuration names, writes a backup of it, and closes it again. */
export async function backUpData(
  config: Config,
  directory: string,
  { io, now, version, stopSignal }: CommandContext,
): Promise<Manifest> {
  const warehouse = await openPreparedWarehouse(config, now);
  const signal = stopSignal();
  try {
    const tell = progressLine(io.err, now);
    return await writeBackup(warehouse, {
      ...(await findDatabase(warehouse, config.clickhouse.database)),
      directory,
      id: randomUUID(),
      program: version,
      now,
      whileStill: (work) => work(),
      onTable: ({ table, files, rows }) => tell(table, `${rows.toLocaleString('en')} rows, file ${files}`),
      signal,
    });
  } catch (error) {
    throw signal.aborted
      ? stopped(signal, 'no backup was finished; begin anew in an empty directory', error)
      : error;
  } finally {
    await warehouse.close();
  }
}
