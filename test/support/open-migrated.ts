import type { Warehouse } from '../../warehouse/warehouse.js';
import { migratedWarehouse } from './migrated-warehouse.js';
import { tempDir } from './temp-dir.js';

/** The real engine with the real tables, on a directory that is gone afterwards. One a test file. */
export async function openMigrated(): Promise<{ warehouse: Warehouse; close: () => Promise<void> }> {
  const directory = await tempDir();
  const warehouse = await migratedWarehouse(directory.path);
  const close = async (): Promise<void> => {
    await warehouse.close();
    await directory.remove();
  };
  return { warehouse, close };
}
