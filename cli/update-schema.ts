import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../schemas/config/config.js';
import { leaseTiming } from '../warehouse/migrate/lease/lease-timing.js';
import { type MigrateDeps, type MigrationReport, migrate } from '../warehouse/migrate/migrate.js';
import { readMigrations } from '../warehouse/migrate/read-migrations.js';
import type { Warehouse } from '../warehouse/warehouse.js';
import { migrationTarget } from './open-warehouse.js';

/** The SQL files lie beside the compiled schemas, in a clone as in an installed package. */
export const migrationsDirectory = new URL('../schemas/sql/', import.meta.url);

/** Brings the database to this program's schema. Several processes may do it at once: one works, the others wait. */
export async function updateSchema(
  warehouse: Warehouse,
  config: Config,
  program: { version: string; now: () => Date },
): Promise<MigrationReport> {
  const migrations = await readMigrations(migrationsDirectory);
  return await migrate(warehouse, migrations, migrationTarget(config), migrateDeps(config, program));
}

/** How this process takes its turn at changing the schema. */
export function migrateDeps(
  { clickhouse: { url } }: Config,
  { version, now }: { version: string; now: () => Date },
): MigrateDeps {
  const holder = `process-${process.pid}-${randomUUID()}`;
  return {
    ...leaseTiming,
    program: version,
    holder,
    // Only one process can have the embedded engine open, so any earlier holder is gone.
    isAbandoned: (other) => url === null && other !== holder,
    now,
    sleep: async (ms, signal) => {
      await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    },
  };
}
