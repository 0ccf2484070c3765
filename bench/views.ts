import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migratedWarehouse } from '../test/support/migrated-warehouse.js';
import type { Row } from './ingest/row.js';
import { insertCosts } from './views/insert-costs.js';
import { makeMinute } from './views/make-minute.js';

/** Rows of one insert: of a quiet installation, a busy one, and a machine at its limit. */
const sizes = [1_000, 10_000, 50_000];

/** What each materialized view adds to an insert, by the size of the insert. */
export async function bench(): Promise<{ rows: Row[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'coldburn-bench-'));
  const warehouse = await migratedWarehouse(directory);
  try {
    await makeMinute(warehouse);
    const rows: Row[] = [];
    for (const table of ['invocations', 'spans'] as const)
      for (const size of sizes) rows.push(...(await insertCosts(warehouse, table, size, directory)));
    return { rows };
  } finally {
    await warehouse.close();
    await rm(directory, { recursive: true, force: true });
  }
}
