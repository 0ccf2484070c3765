import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Config } from '../schemas/config/config.js';
import { openEmbedded } from '../warehouse/embedded/open-embedded.js';
import { migrationLimits } from '../warehouse/migrate/migration-limits.js';
import type { Target } from '../warehouse/migrate/render/target.js';
import { createServerDatabase } from '../warehouse/server/create-database.js';
import { describeUnavailable } from '../warehouse/server/describe-unavailable.js';
import { openServer } from '../warehouse/server/open-server.js';
import type { Warehouse } from '../warehouse/warehouse.js';
import { limitsOf } from './limits-of.js';
import { thisMachine } from './machine.js';

/** Opens what the configuration names: the engine in dataDir, or a server, which is greeted before anything relies on it. */
export async function openWarehouse(config: Config, now: () => Date): Promise<Warehouse> {
  // Start-up may run migrations through this door; the state commands of every day are bounded by their callers.
  const limits = migrationLimits(limitsOf(config.limits, thisMachine()));
  const { url, user, password, database, cluster } = config.clickhouse;
  if (url === null) {
    return await openEmbedded({ dataDir: config.dataDir, database, limits, newId: randomUUID, now });
  }
  const options = { url, user, password: password?.reveal() ?? '', database, limits, newId: randomUUID };
  try {
    await createServerDatabase(options, cluster);
    const warehouse = await openServer(options);
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
