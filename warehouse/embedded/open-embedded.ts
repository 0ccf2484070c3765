import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createWarehouse } from '../create-warehouse.js';
import type { Engine } from '../engine.js';
import type { Warehouse } from '../warehouse.js';
import type { WarehouseLimits } from '../warehouse-limits.js';
import { dataDirProblem } from './data-dir-problem.js';
import { engineRefusal, recordHolder, refuseIfHeld } from './data-lock.js';
import { type EmbeddedEngineOptions, embeddedEngine } from './embedded-engine.js';
import { engineConfigXml } from './engine-config.js';
import { thisProcess } from './process-identity.js';

export type EmbeddedOptions = {
  dataDir: string;
  database: string;
  limits: WarehouseLimits;
  newId: () => string;
  now: () => Date;
};

/** Opens ClickHouse inside this process; a StartupError says in one sentence why that cannot be. */
export async function openEmbedded(options: EmbeddedOptions): Promise<Warehouse> {
  const { database, limits, newId, now } = options;
  const dataDir = resolve(options.dataDir);
  await refuseIfHeld(dataDir);
  const { engineDir, configPath } = await prepareDirectory(dataDir, limits);
  const engine = await openEngine(dataDir, { engineDir, configPath, database, limits });
  const forget = await recordHolder(dataDir, await thisProcess(now()));
  return createWarehouse(
    { ...engine, close: () => forget().finally(() => engine.close()) },
    { limits, newId },
  );
}

async function prepareDirectory(dataDir: string, limits: WarehouseLimits) {
  const engineDir = join(dataDir, 'clickhouse');
  const configPath = join(dataDir, 'engine.xml');
  try {
    await mkdir(engineDir, { recursive: true, mode: 0o700 });
    await writeFile(configPath, engineConfigXml(limits, dataDir), { mode: 0o600 });
  } catch (thrown) {
    throw dataDirProblem(thrown, dataDir);
  }
  return { engineDir, configPath };
}

async function openEngine(dataDir: string, options: EmbeddedEngineOptions): Promise<Engine> {
  try {
    return await embeddedEngine(options);
  } catch (thrown) {
    throw await engineRefusal(dataDir, thrown);
  }
}
