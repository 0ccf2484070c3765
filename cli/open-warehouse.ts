import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import type { Config } from '../schemas/config/config.js';
import { openEmbedded } from '../warehouse/embedded/open-embedded.js';
import { migrationLimits } from '../warehouse/migrate/migration-limits.js';
import type { Target } from '../warehouse/migrate/render/target.js';
import { createServerDatabase } from '../warehouse/server/create-database.js';
import { describeUnavailable } from '../warehouse/server/describe-unavailable.js';
import { openServer } from '../warehouse/server/open-server.js';
import type { Warehouse } from '../warehouse/warehouse.js';
import type { WarehouseLimits } from '../warehouse/warehouse-limits.js';
import { machineMemory, usableMemoryBytes } from './machine-memory.js';
import { configuredLimits } from './warehouse-limits.js';

/** Opens what the configuration names: a ClickHouse server, or the embedded engine in the data directory. */
export async function openWarehouse(config: Config, now: () => Date): Promise<Warehouse> {
  return await open(config, now, limitsOf(config));
}

/**
 * The same for whoever is about to work with the tables: on a server the database is made and a first question asked,
 * so that a wrong address or password is told now; statements may take as long as a migration does.
 */
export async function openPreparedWarehouse(config: Config, now: () => Date): Promise<Warehouse> {
  const limits = migrationLimits(limitsOf(config));
  const { url, cluster } = config.clickhouse;
  if (url === null) return await open(config, now, limits);
  try {
    await createServerDatabase({ ...serverOptions(config, limits), url }, cluster);
    const warehouse = await open(config, now, limits);
    await warehouse.query('SELECT 1 AS one', {}, z.object({ one: z.number() }));
    return warehouse;
  } catch (error) {
    throw describeUnavailable(error, url);
  }
}

/** How migrations are rendered for this installation. */
export function migrationTarget({ clickhouse: { database, cluster } }: Config): Target {
  return cluster === null ? { kind: 'single', database } : { kind: 'cluster', database, cluster };
}

async function open(config: Config, now: () => Date, limits: WarehouseLimits): Promise<Warehouse> {
  const { clickhouse, dataDir } = config;
  const { url, database } = clickhouse;
  if (url === null) return await openEmbedded({ dataDir, database, limits, newId: randomUUID, now });
  return await openServer({ ...serverOptions(config, limits), url });
}

function serverOptions({ clickhouse: { user, password, database } }: Config, limits: WarehouseLimits) {
  return { user, password: password?.reveal() ?? '', database, limits, newId: randomUUID };
}

function limitsOf(config: Config): WarehouseLimits {
  return configuredLimits(config.limits, usableMemoryBytes(machineMemory()), availableParallelism());
}
