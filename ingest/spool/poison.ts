import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SegmentFile } from '../../warehouse/warehouse.js';
import { syncDirectory } from './segment-files.js';

/** Where rows lie that ClickHouse refuses for good, each with a file that says why. */
function poisonDirectory(spoolDirectory: string): string {
  return join(spoolDirectory, 'poison');
}

/** Sets the rows of one table aside; they stay readable for whoever finds out what is wrong with them. */
export async function setAside(
  spoolDirectory: string,
  segment: SegmentFile,
  rows: number,
  reason: string,
  at: Date,
): Promise<void> {
  const directory = poisonDirectory(spoolDirectory);
  await mkdir(directory, { recursive: true });
  const file = await open(segment.path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
  const { table, token, columns } = segment;
  const note = { table, rows, token, reason, setAsideAt: at.toISOString(), columns };
  await writeFile(join(directory, `${token}.json`), `${JSON.stringify(note, null, 2)}\n`, { flush: true });
  await rename(segment.path, join(directory, `${token}.rows`));
  await syncDirectory(directory);
}
