import { readFile } from 'node:fs/promises';

/** The limit on open files of this process, from Linux's /proc; null elsewhere. */
export async function measureOpenFiles(): Promise<number | null> {
  const text = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  return openFilesLimit(text);
}

/** Reads "Max open files  1024  4096  files"; the first number is the one in force. */
export function openFilesLimit(limits: string): number | null {
  const soft = /^Max open files\s+(\d+|unlimited)\s/m.exec(limits)?.[1];
  if (soft === undefined) return null;
  return soft === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(soft);
}
