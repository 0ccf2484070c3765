import type { DiskSpace } from './disk-state.js';

/** What one look at a disk gave. A disk that cannot be read has no figures, and so no verdict of its own. */
export type DiskReading =
  | { kind: 'measured'; name: string; path: string; space: DiskSpace }
  | { kind: 'unreadable'; name: string; path: string; reason: string };

export type ReadDisks = () => Promise<DiskReading[]>;
