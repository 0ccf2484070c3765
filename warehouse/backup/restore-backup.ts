import { join } from 'node:path';
import { StartupError } from '../../schemas/startup-error.js';
import type { Fill } from '../migrate/render/fills-of.js';
import type { Warehouse } from '../warehouse.js';
import { fingerprint } from './backup-files.js';
import { finishRestore } from './finish-restore.js';
import { makeMissing, missingOf } from './make-missing.js';
import type { Figures, Manifest } from './manifest.js';
import { readFigures } from './read-figures.js';
import { requireEmptyTables } from './require-empty-tables.js';
import { type PlannedTable, planRestore } from './restore-plan.js';
import { dropStaging, findStaging, markFull, prepareStaging, stagingName } from './staging.js';
import { listStoredTables } from './stored-table.js';

const fileTimeoutMs = 3_600_000;

export type RestoreDeps = {
  database: string;
  directory: string;
  /** Of the target, which is up to date. */
  schemaVersion: number;
  /** Of the target's migrations: rollups that a backup from before them lacks. */
  fills: readonly Fill[];
  /** Puts the rows beside those that are there; otherwise a target with rows is refused. */
  adds: boolean;
  onTable: (progress: { table: string; files: number; of: number }) => void;
  signal?: AbortSignal;
};

export type RestoreReport = { tables: { name: string; figures: Figures }[]; resumed: boolean };

/**
 * Puts a backup into a database whose tables are there. Nothing of it is seen until all of it has arrived and its figures
 * are those of the manifest; then it appears day by day. Cut off anywhere, it is run again and goes on.
 */
export async function restoreBackup(
  warehouse: Warehouse,
  manifest: Manifest,
  deps: RestoreDeps,
): Promise<RestoreReport> {
  const { database, schemaVersion, fills, adds } = deps;
  const stored = await listStoredTables(warehouse, database);
  const planned = planRestore(manifest, stored, schemaVersion);
  const missing = missingOf(manifest, stored, fills);
  const tables = [...planned.map((one) => one.stored), ...missing.map((one) => one.table)];
  const left = await findStaging(warehouse, database);
  const resumed = left?.backupId === manifest.id;
  if (!resumed) {
    if (!adds) await requireEmptyTables(warehouse, database, tables);
    await dropStaging(warehouse, database);
  }
  if (!(resumed && left.isFull)) {
    for (const table of tables) await prepareStaging(warehouse, database, table, manifest.id);
    for (const table of planned) await fill(warehouse, table, manifest.id, deps);
    for (const one of missing) await makeMissing(warehouse, database, one);
    for (const { name } of tables) await markFull(warehouse, database, name, manifest.id);
  }
  await finishRestore(warehouse, tables, { database, adds });
  return { tables: planned.map(({ backup: { name, figures } }) => ({ name, figures })), resumed };
}

async function fill(
  warehouse: Warehouse,
  { backup, stored }: PlannedTable,
  backupId: string,
  { database, directory, onTable, signal }: RestoreDeps,
): Promise<void> {
  const { name, columns, files } = backup;
  for (const [index, file] of files.entries()) {
    signal?.throwIfAborted();
    const path = join(directory, file.path);
    await requireIntact(path, file);
    const segment = {
      table: `${database}.${stagingName(name)}`,
      columns,
      path,
      token: `${backupId}/${file.path}`,
    };
    await warehouse.insertSegment(
      { ...segment, compression: 'gzip' },
      { timeoutMs: fileTimeoutMs, ...(signal === undefined ? {} : { signal }) },
    );
    onTable({ table: name, files: index + 1, of: files.length });
  }
  const question = { database, table: stagingName(name), like: stored, partition: null, isMerged: false };
  const arrived = await readFigures(warehouse, question);
  if (arrived.rows === backup.figures.rows && arrived.hash === backup.figures.hash) return;
  await dropStaging(warehouse, database);
  throw new StartupError(
    `What arrived in ${name} is not what was backed up: ${arrived.rows} rows instead of ${backup.figures.rows}, or other contents. Nothing was restored; run it again, and if that ends the same way use another backup.`,
  );
}

async function requireIntact(path: string, file: { sha256: string; bytes: number }): Promise<void> {
  const found = await fingerprint(path).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartupError(`The backup is not whole: ${path} cannot be read (${reason}); use another copy.`, {
      cause,
    });
  });
  if (found.sha256 === file.sha256 && found.bytes === file.bytes) return;
  throw new StartupError(
    `The backup is damaged: ${path} is not the file that was written (its SHA-256 differs); use another copy of it.`,
  );
}
