import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const fileName = 'demo-fleet.json';
/** There is no file, or no directory that can be used, of which whoever opens it tells better. */
const absent = ['ENOENT', 'ENOTDIR', 'EACCES'];

/** True when somebody started the demo fleet in the app: this data directory then has it at every start. */
export async function hasDemoFleet(dataDir: string): Promise<boolean> {
  return await readFile(join(dataDir, fileName)).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && absent.includes(String(error.code))) return false;
      throw error;
    },
  );
}

export async function markDemoFleet(dataDir: string, at: Date): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(join(dataDir, fileName), `${JSON.stringify({ startedAt: at.toISOString() })}\n`);
}
