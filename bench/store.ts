import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Tenant } from '../schemas/access.js';
import { migratedWarehouse } from '../test/support/migrated-warehouse.js';
import { bytesPerInvocation } from './store/disk.js';
import type { Figure } from './store/figure.js';
import { type Filled, fillStore } from './store/fill.js';
import { indexFigures } from './store/indexes.js';
import { pageFigures } from './store/pages.js';
import { viewCost } from './store/view-cost.js';

const days = 29;

/**
 * What a month of invocations takes on disk, what the rollups cost an insert, how fast the pages of the debug view are
 * over it, and whether each skip index earns its disk. COLDBURN_BENCH_MILLIONS=100 makes it 100 M invocations.
 */
export async function bench(): Promise<{ rows: Figure[] }> {
  const total = Number(process.env['COLDBURN_BENCH_MILLIONS'] ?? 10) * 1e6;
  const directory = await mkdtemp(join(tmpdir(), 'coldburn-bench-'));
  const warehouse = await migratedWarehouse(directory);
  const now = new Date();
  const filled: Filled = {
    tenant: Tenant.parse('default'),
    from: new Date(now.getTime() - days * 86_400_000),
    days,
    total,
    now,
  };
  try {
    const rows: Figure[] = [...(await viewCost(warehouse, filled)), ...(await fillStore(warehouse, filled))];
    rows.push(...(await bytesPerInvocation(warehouse, total)));
    rows.push(...(await pageFigures(warehouse, filled)));
    rows.push(...(await indexFigures(warehouse, filled)));
    return { rows };
  } finally {
    await warehouse.close();
    await rm(directory, { recursive: true, force: true });
  }
}
