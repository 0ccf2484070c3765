import { roughByteSize } from '../../../schemas/config/byte-size.js';
import type { Config } from '../../../schemas/config/config.js';
import { type Check, fail, ok, warn } from '../check.js';

export type DataDirFacts = {
  path: string;
  /** `missing`: it will be created; then everything below is about the nearest directory above that exists. */
  state: 'directory' | 'missing' | 'not-a-directory';
  /** The system's reason, such as EACCES; null when a file could be written. */
  writeError: string | null;
  space: { freeBytes: number; totalBytes: number } | null;
  /** Linux's number for the kind of file system; null elsewhere. */
  fileSystemType: number | null;
};

const another = 'set dataDir (COLDBURN_DATA_DIR) to another directory';

export function dataDirVerdict({ path, state, writeError }: DataDirFacts): Check {
  const name = 'data directory';
  if (state === 'not-a-directory')
    return fail(name, `${path} is not a directory`, `remove that file, or ${another}`);
  if (writeError === null) {
    return ok(name, state === 'missing' ? `${path} will be created` : `${path} exists and can be written`);
  }
  const what = state === 'missing' ? 'cannot be created' : 'cannot be written';
  if (writeError === 'EROFS') {
    return fail(name, `${path} ${what}: the file system is read-only`, `mount it writable, or ${another}`);
  }
  if (writeError === 'ENOSPC' || writeError === 'EDQUOT') {
    return fail(name, `${path} ${what}: the disk is full`, `free some space, or ${another}`);
  }
  if (writeError === 'EACCES' || writeError === 'EPERM') {
    return fail(name, `${path} ${what} by this user`, `give this user write access, or ${another}`);
  }
  return fail(name, `${path} ${what} (${writeError})`, `check it, or ${another}`);
}

export function freeSpaceVerdict({ space }: DataDirFacts, disk: Config['disk']): Check {
  const name = 'free disk';
  if (space === null) return warn(name, 'free space cannot be read', 'look at it yourself with df');
  const ratio = space.totalBytes === 0 ? 0 : space.freeBytes / space.totalBytes;
  const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
  const says = `${roughByteSize(space.freeBytes)} of ${roughByteSize(space.totalBytes)} free (${percent(ratio)})`;
  const remedy = `free some space, or ${another}`;
  if (space.freeBytes < disk.stopFreeBytes || ratio < disk.stopFreeRatio) {
    const limit = `${percent(disk.stopFreeRatio)} and ${roughByteSize(disk.stopFreeBytes)}`;
    return fail(name, `${says}; ingest takes nothing below ${limit}`, remedy);
  }
  if (ratio < disk.warnFreeRatio) {
    return warn(name, `${says}; ingest stops at ${percent(disk.stopFreeRatio)}`, remedy);
  }
  return ok(name, says);
}

// Numbers: statfs(2), "Filesystem types".
const fileSystems: ReadonlyMap<number, string> = new Map([
  [0xef53, 'ext4'],
  [0x58465342, 'xfs'],
  [0x9123683e, 'btrfs'],
  [0x2fc12fc1, 'zfs'],
  [0x01021994, 'tmpfs'],
  [0x858458f6, 'ramfs'],
  [0x794c7630, 'overlayfs'],
  [0x6969, 'nfs'],
  [0xff534d42, 'cifs'],
  [0xfe534d42, 'smb2'],
  [0x65735546, 'fuse'],
]);

export function fileSystemVerdict({ fileSystemType }: DataDirFacts): Check {
  const name = 'file system';
  if (fileSystemType === null) return ok(name, 'not examined on this system');
  const kind = fileSystems.get(fileSystemType);
  switch (kind) {
    case undefined:
      return ok(name, `type 0x${fileSystemType.toString(16)}`);
    case 'tmpfs':
    case 'ramfs':
      return warn(
        name,
        `${kind}: it lives in memory, and a restart of the machine loses everything`,
        another,
      );
    case 'overlayfs':
      return warn(
        name,
        'overlayfs: a layer of the container, lost with it',
        'mount a volume on the data directory',
      );
    case 'nfs':
    case 'cifs':
    case 'smb2':
    case 'fuse':
      return warn(
        name,
        `${kind}: network file systems are slow to fsync and their locks are weak`,
        'use a local disk',
      );
    default:
      return ok(name, kind);
  }
}

/** `holder` is the sentence of the process that has the directory; null when nobody has. */
export function holderVerdict(holder: string | null): Check {
  const name = 'data directory holder';
  if (holder === null) return ok(name, 'no other process uses the data directory');
  return warn(name, holder.replace(/\.$/, ''), 'stop that process before you start another one here');
}
