import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Config } from '../schemas/config/config.js';
import { openEmbedded } from '../warehouse/embedded/open-embedded.js';
import { openServer } from '../warehouse/server/open-server.js';
import type { Warehouse } from '../warehouse/warehouse.js';
import { machineMemory, usableMemoryBytes } from './machine-memory.js';
import { configuredLimits } from './warehouse-limits.js';

/** Opens what the configuration names: a ClickHouse server, or the embedded engine in the data directory. */
export async function openWarehouse(config: Config, now: () => Date): Promise<Warehouse> {
  const { clickhouse, dataDir, limits: wanted } = config;
  const limits = configuredLimits(wanted, usableMemoryBytes(machineMemory()), availableParallelism());
  const { url, user, password, database } = clickhouse;
  if (url === null) return await openEmbedded({ dataDir, database, limits, newId: randomUUID, now });
  return await openServer({
    url,
    user,
    password: password?.reveal() ?? '',
    database,
    limits,
    newId: randomUUID,
  });
}
