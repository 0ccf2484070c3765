import { randomUUID } from 'node:crypto';
import { openEmbedded } from '../../warehouse/embedded/open-embedded.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { defaultLimits, type WarehouseLimits } from '../../warehouse/warehouse-limits.js';
import { tempDir } from './temp-dir.js';

/** A small machine, so that suites in parallel leave each other room: 8 GiB and 2 cores. */
export const testLimits: WarehouseLimits = defaultLimits(8 * 1024 ** 3, 2);

export type TestWarehouse = { warehouse: Warehouse; close: () => Promise<void> };

/** The real engine on a directory of its own. One at a time per process: the engine binds one directory. */
export async function embeddedWarehouse(limits: WarehouseLimits = testLimits): Promise<TestWarehouse> {
  const dir = await tempDir();
  const warehouse = await openEmbedded({
    dataDir: dir.path,
    database: 'coldburn',
    limits,
    newId: randomUUID,
    now: () => new Date(),
  });
  return { warehouse, close: () => warehouse.close().finally(dir.remove) };
}
