import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { Wanted } from '../decide/facts.js';
import { wantedColumns, wantedRows } from './wanted-rows.js';

/** Hands decisions to the engine, which finds out what they change. `directory` is for the file on its way. */
export async function storeWanted(
  warehouse: Warehouse,
  directory: string,
  batch: string,
  wanted: readonly Wanted[],
): Promise<void> {
  const path = join(directory, `${batch}.rows`);
  try {
    await writeFile(path, wantedRows(batch, wanted));
    await warehouse.insertSegment({ table: 'settle_wanted', columns: wantedColumns, path, token: batch });
  } finally {
    await rm(path, { force: true });
  }
}
