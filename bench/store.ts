import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultTenant } from '../schemas/access.js';
import { migratedWarehouse } from '../test/support/migrated-warehouse.js';
import { askedOf } from './store/asked.js';
import { diskFigures } from './store/disk.js';
import type { Figure } from './store/figure.js';
import { fillStore } from './store/fill.js';
import { indexFigures } from './store/indexes.js';
import { pageFigures } from './store/pages.js';

/**
 * What a month of invocations takes on disk, how fast the pages of the debug view and the lists are over it, and whether each
 * skip index earns its disk.
 */
export async function bench(options: readonly string[]): Promise<{ rows: Figure[] }> {
  const asked = askedOf(options);
  const { keep, only } = asked;
  const directory = keep ?? (await mkdtemp(join(tmpdir(), 'coldburn-bench-')));
  await mkdir(directory, { recursive: true });
  const warehouse = await migratedWarehouse(directory);
  try {
    const { until, figures: rows } = await fillStore(warehouse, directory, asked);
    const month = until === null ? null : { tenant: defaultTenant, until };
    const asks = (step: typeof only) => only === null || only === step;
    if (month !== null && asks('disk')) rows.push(...(await diskFigures(warehouse)));
    if (month !== null && asks('pages')) rows.push(...(await pageFigures(warehouse, month)));
    if (month !== null && asks('indexes')) rows.push(...(await indexFigures(warehouse, month)));
    return { rows };
  } finally {
    await warehouse.close();
    if (keep === null) await rm(directory, { recursive: true, force: true });
  }
}
