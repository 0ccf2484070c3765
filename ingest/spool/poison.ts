import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SegmentFile } from '../../warehouse/warehouse.js';
import { syncDirectory } from './segment-files.js';

const noteSuffix = '.json';
const rowsSuffix = '.rows';

const PoisonNote = z.object({
  table: z.string(),
  rows: z.number().int().nonnegative(),
  token: z.string(),
  reason: z.string(),
  setAsideAt: z.iso.datetime(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
});
type PoisonNote = z.infer<typeof PoisonNote>;

/** Rows of one table that ClickHouse refused for good. */
export type PoisonSegment = PoisonNote & { id: string; path: string; bytes: number };

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
  await writeFile(join(directory, `${token}${noteSuffix}`), `${JSON.stringify(note, null, 2)}\n`, {
    flush: true,
  });
  await rename(segment.path, join(directory, `${token}${rowsSuffix}`));
  await syncDirectory(directory);
}

/** What was set aside, the oldest first. A note whose rows are gone, or that is none, is passed over. */
export async function listPoison(spoolDirectory: string): Promise<PoisonSegment[]> {
  const directory = poisonDirectory(spoolDirectory);
  const found: PoisonSegment[] = [];
  for (const name of (await namesIn(directory)).filter((one) => one.endsWith(noteSuffix)).sort()) {
    const id = name.slice(0, -noteSuffix.length);
    const path = join(directory, `${id}${rowsSuffix}`);
    const note = PoisonNote.safeParse(parseJson(await readFile(join(directory, name), 'utf8')));
    const bytes = await stat(path).then(
      ({ size }) => size,
      () => null,
    );
    if (note.success && bytes !== null) found.push({ ...note.data, id, path, bytes });
  }
  return found;
}

/** Gives up what was set aside. The rows go first: a note without rows is not shown any more. */
export async function removePoison(spoolDirectory: string, { id }: PoisonSegment): Promise<void> {
  const directory = poisonDirectory(spoolDirectory);
  await rm(join(directory, `${id}${rowsSuffix}`), { force: true });
  await rm(join(directory, `${id}${noteSuffix}`), { force: true });
  await syncDirectory(directory);
}

async function namesIn(directory: string): Promise<string[]> {
  return await readdir(directory).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
