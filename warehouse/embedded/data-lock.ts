import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '../../schemas/startup-error.js';
import { certainlyRuns, Holder } from './process-identity.js';

/**
 * The lock itself is the engine's: it holds a kernel lock on its `status` file, which no crash can leave behind and no
 * two processes can both win. This file beside it only says who that is, so that the refusal can name them, and
 * a stale one needs no taking over: whoever has the engine writes over it.
 */
const fileName = 'holder.json';

/** Refuses, before the engine is bothered, when the process named in the directory certainly runs. */
export async function refuseIfHeld(dataDir: string): Promise<void> {
  const holder = await readHolder(dataDir);
  if (holder !== null && (await certainlyRuns(holder))) throw heldBy(dataDir, holder);
}

/** Writes down who has the engine; the answer takes it away again and must be called before the engine is closed. */
export async function recordHolder(dataDir: string, self: Holder): Promise<() => Promise<void>> {
  const path = join(dataDir, fileName);
  const draft = `${path}.${self.pid}`;
  await writeFile(draft, `${JSON.stringify(self)}\n`, { mode: 0o600 });
  await rename(draft, path);
  return () => rm(path, { force: true });
}

/** Why the engine would not open: someone has it, whom the file may or may not name yet. */
export async function engineRefusal(dataDir: string, cause: unknown): Promise<StartupError> {
  const holder = await readHolder(dataDir);
  if (holder !== null && (await certainlyRuns(holder))) return heldBy(dataDir, holder);
  const last = holder === null ? '' : ` (last used by process ${holder.pid} on ${holder.host})`;
  return new StartupError(
    `The embedded engine could not open ${dataDir}${last}: either another process is using it, which must be stopped first, or its files are damaged and must be restored from a backup.`,
    { cause },
  );
}

function heldBy(dataDir: string, { pid, host, since, command }: Holder): StartupError {
  return new StartupError(
    `The data directory ${dataDir} is in use by process ${pid} on ${host} since ${since} (${command}); stop that process, or name another directory with COLDBURN_DATA_DIR.`,
  );
}

async function readHolder(dataDir: string): Promise<Holder | null> {
  try {
    return Holder.parse(JSON.parse(await readFile(join(dataDir, fileName), 'utf8')));
  } catch {
    // Absent, or cut off by a crash: either way it names nobody.
    return null;
  }
}
