import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What history an installation was given, and how far it has come: what makes it one history and not two. */
const HistoryState = z.object({
  seed: z.number().int(),
  ratePerSecond: z.number(),
  fromMinute: z.number().int(),
  toMinute: z.number().int(),
  doneChunks: z.number().int(),
  chunks: z.number().int(),
  /** In which order the chunks are made; those of an earlier program are in another. */
  order: z.number().int().default(1),
});
export type HistoryState = z.infer<typeof HistoryState>;

const fileName = 'demo-history.json';

/** Null when this data directory never got one. */
export async function readHistoryState(dataDir: string): Promise<HistoryState | null> {
  const text = await readFile(join(dataDir, fileName), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : HistoryState.parse(JSON.parse(text));
}

/** Whole or not at all, whenever the process ends. */
export async function writeHistoryState(dataDir: string, state: HistoryState): Promise<void> {
  const path = join(dataDir, fileName);
  await writeFile(`${path}.new`, `${JSON.stringify(state)}\n`);
  await rename(`${path}.new`, path);
}
