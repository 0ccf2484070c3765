import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createWarehouse } from '../create-warehouse.js';
import type { Warehouse } from '../warehouse.js';
import type { WarehouseLimits } from '../warehouse-limits.js';
import { embeddedEngine } from './embedded-engine.js';
import { engineConfigXml } from './engine-config.js';

export type EmbeddedOptions = {
  dataDir: string;
  database: string;
  limits: WarehouseLimits;
  newId: () => string;
};

/** Opens ClickHouse inside this process, on a directory no other process uses. */
export async function openEmbedded({
  dataDir,
  database,
  limits,
  newId,
}: EmbeddedOptions): Promise<Warehouse> {
  const root = resolve(dataDir);
  const engineDir = join(root, 'clickhouse');
  await mkdir(engineDir, { recursive: true, mode: 0o700 });
  const configPath = join(root, 'engine.xml');
  await writeFile(configPath, engineConfigXml(limits, root), { mode: 0o600 });
  const engine = await embeddedEngine({ dataDir: engineDir, configPath, database, limits });
  return createWarehouse(engine, { limits, newId });
}
