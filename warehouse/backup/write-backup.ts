import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '../../schemas/startup-error.js';
import type { Warehouse } from '../warehouse.js';
import { requireEmpty, sealFile, writeManifest } from './backup-files.js';
import type { BackupFile, BackupTable, Manifest } from './manifest.js';
import { planChunks } from './plan-chunks.js';
import { readFigures } from './read-figures.js';
import { dropSnapshots, freeze, prepareSnapshot, snapshotName, snapshotParts } from './snapshot.js';
import { listStoredTables, type StoredTable } from './stored-table.js';

/** One chunk, or the pause of a busy engine. */
const fileTimeoutMs = 3_600_000;

export type BackupDeps = {
  database: string;
  /** Made when it is not there; must be empty. */
  directory: string;
  /** Names this backup, differently from every other. */
  id: string;
  program: string;
  schemaVersion: number;
  now: () => Date;
  /** Runs its argument while no row is inserted, so that raw rows and their sums are of one moment. */
  whileStill: (work: () => Promise<void>) => Promise<void>;
  /** Uncompressed bytes of one file, about. */
  chunkBytes?: number;
  onTable: (progress: { table: string; files: number; rows: number }) => void;
  signal?: AbortSignal;
};

/** Copies every table into files, while rows may go on coming in; finished when the manifest is there. */
export async function writeBackup(warehouse: Warehouse, deps: BackupDeps): Promise<Manifest> {
  const { database, directory, id, program, schemaVersion, now } = deps;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await requireEmpty(directory);
  await dropSnapshots(warehouse, database);
  try {
    const tables = await listStoredTables(warehouse, database);
    for (const table of tables) await prepareSnapshot(warehouse, database, table);
    let createdAt = now();
    await deps.whileStill(async () => {
      createdAt = now();
      for (const table of tables) await freeze(warehouse, database, table);
    });
    const written: BackupTable[] = [];
    for (const table of tables) written.push(await writeTable(warehouse, table, deps));
    const manifest: Manifest = {
      format: 1,
      id,
      program,
      schemaVersion,
      createdAt: createdAt.toISOString(),
      tables: written,
    };
    await writeManifest(directory, manifest);
    return manifest;
  } finally {
    await dropSnapshots(warehouse, database);
  }
}

async function writeTable(warehouse: Warehouse, table: StoredTable, deps: BackupDeps): Promise<BackupTable> {
  const { database, directory, onTable, signal } = deps;
  const columns = table.columns.map(({ name, type }) => ({ name, type }));
  const sql = chunkSql(database, table);
  const files: BackupFile[] = [];
  await mkdir(join(directory, table.name), { mode: 0o700 });
  let rows = 0;
  for (const chunk of planChunks(await snapshotParts(warehouse, database, table), deps.chunkBytes)) {
    signal?.throwIfAborted();
    const path = `${table.name}/${String(files.length + 1).padStart(6, '0')}.bin.gz`;
    const place = join(directory, path);
    const options = { timeoutMs: fileTimeoutMs, ...(signal === undefined ? {} : { signal }) };
    const counted = await warehouse.exportRows(sql, chunk, { path: place, columns }, options);
    const expected = chunk.to - chunk.from;
    if (counted !== null && counted !== expected)
      throw new StartupError(
        `The backup stopped: ${place} should hold ${expected} rows and holds ${counted}; look at the disk it is written to, and begin anew in an empty directory.`,
      );
    files.push({ path, rows: expected, ...(await sealFile(place)) });
    rows += expected;
    onTable({ table: table.name, files: files.length, rows });
  }
  const question = {
    database,
    table: snapshotName(table.name),
    like: table,
    partition: null,
    isMerged: false,
  };
  return { name: table.name, columns, figures: await readFigures(warehouse, question), files };
}

function chunkSql(database: string, { name, columns }: StoredTable): string {
  return `SELECT ${columns.map((column) => `\`${column.name}\``).join(', ')} FROM ${database}.${snapshotName(name)}
    WHERE _part = {part: String} AND _part_offset >= {from: UInt64} AND _part_offset < {to: UInt64}`;
}
