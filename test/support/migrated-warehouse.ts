import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbedded } from '../../warehouse/embedded/open-embedded.js';
import { migrate } from '../../warehouse/migrate/migrate.js';
import { readMigrations } from '../../warehouse/migrate/read-migrations.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { testLimits } from './embedded-warehouse.js';

const sqlDirectory = new URL('../../schemas/sql/', import.meta.url);

/** The real engine with the real tables. */
export async function migratedWarehouse(dataDir: string): Promise<Warehouse> {
  const warehouse = await openEmbedded({
    dataDir,
    database: 'coldburn',
    limits: testLimits,
    newId: randomUUID,
    now: () => new Date(),
  });
  await migrateForTest(warehouse, 'coldburn');
  return warehouse;
}

/** Makes the real tables in a database that a test has to itself. */
export async function migrateForTest(warehouse: Warehouse, database: string): Promise<void> {
  await migrate(
    warehouse,
    await readMigrations(sqlDirectory),
    { kind: 'single', database },
    {
      program: '0.1.0',
      holder: 'test',
      now: () => new Date(),
      sleep: async (ms) => await pause(ms),
      leaseMs: 60_000,
      heartbeatMs: 1000,
      pollMs: 20,
      maxWaitMs: 30_000,
      isAbandoned: () => false,
    },
  );
}
