import type { DiskReading, ReadDisks } from './disk-reading.js';
import { type DiskState, diskState, worstState } from './disk-state.js';
import { type DiskThresholds, limitBytes } from './disk-thresholds.js';

export type DiskVerdict = { reading: DiskReading; state: DiskState };

export type DiskReport = {
  /** The worst of all disks. */
  state: DiskState;
  /** What to tell whoever is refused or reads the log; null while all is well. */
  sentence: string | null;
  disks: readonly DiskVerdict[];
};

export type DiskGuard = {
  /** Looks at every disk again. A disk that cannot be read keeps the state it had, and the sentence says so. */
  check: () => Promise<DiskReport>;
  /** The last report, for every request to ask: no I/O. */
  current: () => DiskReport;
};

export type DiskGuardDeps = {
  readDisks: ReadDisks;
  thresholds: DiskThresholds;
  /** Called when the overall state changes, so that it is logged once and not at every look. */
  onChange: (report: DiskReport, previous: DiskState) => void;
};

/** Remembers the last verdict. Whoever makes one calls `check` on a timer of its own. */
export function createDiskGuard({ readDisks, thresholds, onChange }: DiskGuardDeps): DiskGuard {
  let report: DiskReport = { state: 'ok', sentence: null, disks: [] };
  const check = async () => {
    const readings = await readDisks();
    const before = new Map(report.disks.map(({ reading, state }) => [keyOf(reading), state]));
    const disks = readings.map((reading) => {
      const previous = before.get(keyOf(reading)) ?? 'ok';
      const state = reading.kind === 'unreadable' ? previous : diskState(reading.space, thresholds, previous);
      return { reading, state };
    });
    // A server that cannot be asked names no disks; what was known of them still holds.
    const unseen = readings.some(({ kind }) => kind === 'unreadable')
      ? report.disks.filter(({ reading }) => !disks.some((disk) => keyOf(disk.reading) === keyOf(reading)))
      : [];
    const all = [...disks, ...unseen];
    const previous = report.state;
    report = {
      state: worstState(all.map(({ state }) => state)),
      sentence: sentenceOf(all, thresholds),
      disks: all,
    };
    if (report.state !== previous) onChange(report, previous);
    return report;
  };
  return { check, current: () => report };
}

function keyOf({ name, path }: DiskReading): string {
  return `${name} ${path}`;
}

function sentenceOf(disks: readonly DiskVerdict[], thresholds: DiskThresholds): string | null {
  const worst = worstState(disks.map(({ state }) => state));
  const disk = disks.find(
    ({ state, reading }) => state === worst && (worst !== 'ok' || reading.kind === 'unreadable'),
  );
  if (disk === undefined) return null;
  const { reading } = disk;
  const where = `the disk of ${reading.name} (${reading.path})`;
  if (reading.kind === 'unreadable') return `Free space on ${where} cannot be read: ${reading.reason}`;
  const { freeBytes, totalBytes, freeInodeRatio } = reading.space;
  const limit = limitBytes(totalBytes, worst === 'full' ? thresholds.full : thresholds.warn);
  const inodes = freeInodeRatio === null ? '' : ` and ${(freeInodeRatio * 100).toFixed(1)} % of file entries`;
  const effect = worst === 'full' ? 'no more data is taken' : 'it will soon be too full to take data';
  return `${effect.charAt(0).toUpperCase()}${effect.slice(1)}: ${where} has ${sizeText(freeBytes)}${inodes} free, the limit is ${sizeText(limit)}; free some space, shorten the retention, or drop the oldest days.`;
}

function sizeText(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  return mebibytes < 10_240 ? `${Math.round(mebibytes)} MiB` : `${(mebibytes / 1024).toFixed(1)} GiB`;
}
