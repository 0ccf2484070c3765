import { access, constants, mkdtemp, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import type { DataDirFacts } from '../verdicts/data-dir.js';

/** Looks at the data directory, or at where it would be created, without leaving anything there. */
export async function measureDataDir(dataDir: string): Promise<DataDirFacts> {
  const path = resolve(dataDir);
  const found = await isDirectory(path);
  const state = found === null ? 'missing' : found ? 'directory' : 'not-a-directory';
  const existing = await nearestExisting(path);
  const disk = await statfs(existing).catch(() => null);
  return {
    path,
    state,
    writeError: state === 'not-a-directory' ? null : await writeError(existing),
    space:
      disk === null ? null : { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
    fileSystemType: disk !== null && process.platform === 'linux' ? disk.type : null,
  };
}

/** Null when nothing is there. */
async function isDirectory(path: string): Promise<boolean | null> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? null : false;
  }
}

async function nearestExisting(path: string): Promise<string> {
  let candidate = path;
  while ((await isDirectory(candidate)) !== true && dirname(candidate) !== candidate) {
    candidate = dirname(candidate);
  }
  return candidate;
}

/** Permission bits do not tell of read-only mounts and full disks; only writing does. */
async function writeError(directory: string): Promise<string | null> {
  try {
    await access(directory, constants.W_OK);
    const probe = await mkdtemp(join(directory, '.coldburn-doctor-'));
    await rm(probe, { recursive: true });
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
