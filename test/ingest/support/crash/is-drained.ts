import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** True when everything that was acknowledged is in ClickHouse. `directory` holds the data directory. */
export async function isDrained(directory: string): Promise<boolean> {
  const names = await readdir(join(directory, 'data', 'spool'));
  return !names.some((name) => name.endsWith('.wal'));
}
