import { readdir, readFile } from 'node:fs/promises';
import { type Migration, toMigrations } from './migration.js';

/** Reads every .sql file of a folder; anything else that is not hidden is a mistake and named as one. */
export async function readMigrations(directory: URL): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => !name.startsWith('.')).sort();
  const files = await Promise.all(
    names.map(async (file) => ({ file, text: await readFile(new URL(file, withSlash(directory)), 'utf8') })),
  );
  return toMigrations(files);
}

// URL resolution replaces the last segment unless the folder ends in a slash.
function withSlash(directory: URL): URL {
  return directory.href.endsWith('/') ? directory : new URL(`${directory.href}/`);
}
