import type { DiskReading } from './disk-reading.js';

/** The part of `fs.statfs` that is needed; block counts times block size are bytes. */
export type StatFs = (
  path: string,
) => Promise<{ bsize: number; blocks: number; bavail: number; files: number; ffree: number }>;

/** Looks at the disks under folders of this machine, such as the data directory and the spool. */
export async function readFolders(
  folders: readonly { name: string; path: string }[],
  statfs: StatFs,
): Promise<DiskReading[]> {
  return await Promise.all(folders.map((folder) => readFolder(folder, statfs)));
}

async function readFolder(
  { name, path }: { name: string; path: string },
  statfs: StatFs,
): Promise<DiskReading> {
  try {
    const { bsize, blocks, bavail, files, ffree } = await statfs(path);
    const freeInodeRatio = files > 0 ? ffree / files : null;
    // bavail, not bfree: what is kept for root is not ours to fill.
    const space = { freeBytes: bavail * bsize, totalBytes: blocks * bsize, freeInodeRatio };
    return { kind: 'measured', name, path, space };
  } catch (error) {
    return { kind: 'unreadable', name, path, reason: error instanceof Error ? error.message : String(error) };
  }
}
