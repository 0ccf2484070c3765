import { type DiskThresholds, type FreeLimit, limitBytes } from './disk-thresholds.js';

/** `full` means: take no more data (503); `warn` means: tell somebody. */
export type DiskState = 'ok' | 'warn' | 'full';

export type DiskSpace = {
  freeBytes: number;
  totalBytes: number;
  /** Share of file entries still free; null where the file system does not count them. */
  freeInodeRatio: number | null;
};

// The engine writes several files a part, so a disk can be out of entries with bytes to spare.
const inodeLimit: Record<'warn' | 'full', number> = { warn: 0.05, full: 0.01 };

/** Judges one disk. `previous` gives the hysteresis: getting better takes more room than getting worse. */
export function diskState(space: DiskSpace, thresholds: DiskThresholds, previous: DiskState): DiskState {
  const within = (state: 'warn' | 'full', limit: FreeLimit): boolean => {
    const alreadyIn = previous === state || previous === 'full';
    const slack = alreadyIn ? 1 + thresholds.recoverRatio : 1;
    const inodes = space.freeInodeRatio;
    return (
      space.freeBytes < limitBytes(space.totalBytes, limit) * slack ||
      (inodes !== null && inodes < inodeLimit[state] * slack)
    );
  };
  if (within('full', thresholds.full)) return 'full';
  return within('warn', thresholds.warn) ? 'warn' : 'ok';
}

const severity: Record<DiskState, number> = { ok: 0, warn: 1, full: 2 };

export function worstState(states: readonly DiskState[]): DiskState {
  return states.reduce<DiskState>(
    (worst, state) => (severity[state] > severity[worst] ? state : worst),
    'ok',
  );
}
