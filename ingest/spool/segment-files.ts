import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The log of a segment: the truth, synced before any acknowledgement. */
const logSuffix = '.wal';
/** The same rows of one table alone, as the engine wants to read them. Not synced: made again from the log if need be. */
const rowsSuffix = '.rows';

export function logPath(directory: string, segment: string): string {
  return join(directory, `${segment}${logSuffix}`);
}

export function rowsPath(directory: string, segment: string, table: string): string {
  return join(directory, `${segment}.${table}${rowsSuffix}`);
}

/** The name sorts by age, and is unique over all runs, because the engine remembers it as a deduplication token. */
export function segmentId(openedAtMs: number, spoolId: string, sequence: number): string {
  return `${String(Math.floor(openedAtMs)).padStart(13, '0')}-${spoolId}-${sequence}`;
}

export function beganAtMs(segment: string): number {
  return Number.parseInt(segment, 10) || 0;
}

export type Leftovers = { segments: { id: string; logBytes: number }[]; strayRowFiles: string[] };

/** Segments a former process left behind, oldest first: their names begin with the time they were begun. */
export async function findLeftovers(directory: string): Promise<Leftovers> {
  const names = await readdir(directory);
  const ids = names
    .filter((name) => name.endsWith(logSuffix))
    .map((name) => name.slice(0, -logSuffix.length))
    .sort();
  const owned = new Set(ids);
  const segments = [];
  for (const id of ids) segments.push({ id, logBytes: (await stat(logPath(directory, id))).size });
  const strayRowFiles = names.filter((name) => name.endsWith(rowsSuffix) && !owned.has(segmentOf(name)));
  return { segments, strayRowFiles };
}

function segmentOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}

/** Makes new and removed names in a directory survive a power cut. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes a segment. The log goes last, so that a crash in between leaves something that can be replayed. */
export async function removeSegment(
  directory: string,
  segment: string,
  tables: readonly string[],
): Promise<void> {
  for (const table of tables) await rm(rowsPath(directory, segment, table), { force: true });
  await rm(logPath(directory, segment), { force: true });
  await syncDirectory(directory);
}
