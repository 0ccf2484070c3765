import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import process from 'node:process';
import { z } from 'zod';

/** Who holds a data directory. `start` tells a process from a later one with the same number, where the system says. */
export const Holder = z.object({
  pid: z.number().int().positive(),
  host: z.string(),
  command: z.string(),
  since: z.iso.datetime(),
  start: z.string().nullable(),
});
export type Holder = z.infer<typeof Holder>;

export async function thisProcess(now: Date): Promise<Holder> {
  const command = process.argv.map((part) => (/\s/.test(part) ? JSON.stringify(part) : part)).join(' ');
  return {
    pid: process.pid,
    host: hostname(),
    command,
    since: now.toISOString(),
    start: await processStart(process.pid),
  };
}

/**
 * True only when that very process certainly runs: same host, same number, same moment of start. Elsewhere, or where
 * the start cannot be known, the answer is no, and the engine's own lock on its directory decides.
 */
export async function certainlyRuns(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname() || holder.start === null) return false;
  return (await processStart(holder.pid)) === holder.start;
}

/** Linux: the boot, and the start in clock ticks since it (field 22 of /proc/pid/stat). Elsewhere null. */
async function processStart(pid: number): Promise<string | null> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The command, field 2, is in parentheses and may hold spaces; field 3 follows the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent has not noticed yet.
    if (fields[0] === 'Z' || fields[19] === undefined) return null;
    return `${boot.trim()}/${fields[19]}`;
  } catch {
    return null;
  }
}
