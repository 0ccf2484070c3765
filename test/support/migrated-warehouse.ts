import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openEmbedded } from '../../warehouse/embedded/open-embedded.js';
import { migrate } from '../../warehouse/migrate/migrate.js';
import { migrationLimits } from '../../warehouse/migrate/migration-limits.js';
import { readMigrations } from '../../warehouse/migrate/read-migrations.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { defaultLimits } from '../../warehouse/warehouse-limits.js';

const gibibyte = 1024 ** 3;
const database = 'coldburn';

/** The embedded engine with every table, on a folder that is gone afterwards. One a test file: it belongs to its process. */
export async function openMigrated(): Promise<{ warehouse: Warehouse; close: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'coldburn-test-'));
  const limits = migrationLimits(defaultLimits(2 * gibibyte, 2));
  const warehouse = await openEmbedded({ dataDir, database, limits, newId: randomUUID });
  const migrations = await readMigrations(new URL('../../../schemas/sql/', import.meta.url));
  await migrate(
    warehouse,
    migrations,
    { kind: 'single', database },
    {
      program: 'test',
      holder: 'test',
      now: () => new Date(),
      sleep: async (ms) => setTimeout(ms),
      leaseMs: 60_000,
      heartbeatMs: 1000,
      pollMs: 5,
      maxWaitMs: 30_000,
      isAbandoned: () => false,
    },
  );
  const close = async (): Promise<void> => {
    await warehouse.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { warehouse, close };
}
