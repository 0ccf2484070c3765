import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../schemas/config/config.js';
import { StartupError } from '../../schemas/startup-error.js';

/** The configuration as it would be for the embedded engine in this data directory. */
export function configOfDataDirectory(config: Config, dataDir: string): Config {
  return { ...config, dataDir, clickhouse: { ...config.clickhouse, url: null, cluster: null } };
}

export async function isDataDirectory(directory: string): Promise<boolean> {
  return await stat(join(directory, 'clickhouse')).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

/** Opening would make one, and back up its emptiness. */
export async function requireDataDirectory(directory: string): Promise<void> {
  if (await isDataDirectory(directory)) return;
  throw new StartupError(
    `${directory} is no data directory of Coldburn: it has no "clickhouse" inside; name one with --data or COLDBURN_DATA_DIR.`,
  );
}

/** Acknowledged telemetry that no engine has yet: it is not in a backup of the engine. */
export async function waitingSegments(dataDir: string): Promise<number> {
  const names = await readdir(join(dataDir, 'spool')).catch(() => []);
  return names.filter((name) => name.endsWith('.wal')).length;
}

/** A cluster's rows lie on many machines; its servers copy them better than one process that reads them all. */
export function refuseCluster({ clickhouse: { cluster, database } }: Config, what: string): void {
  if (cluster === null) return;
  throw new StartupError(
    `"coldburn ${what}" works with one ClickHouse server or the embedded engine, not with a cluster: there, use "BACKUP DATABASE ${database} ON CLUSTER '${cluster}' TO …" and "RESTORE" of ClickHouse itself.`,
  );
}
