import type { BackupRun } from '../../../schemas/backup-run.js';

const keptRuns = 20;

export type BackupProgress = { table: string; files: number; rows: number };

export type BackupBookDeps = {
  /** Writes one backup; rejects with an error whose message is a sentence. */
  write: (
    directory: string,
    id: string,
    onProgress: (progress: BackupProgress) => void,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Where a backup begun now goes. */
  placeOf: (at: Date, id: string) => string;
  onFailure: (error: unknown) => void;
  now: () => Date;
  newId: () => string;
};

export type BackupBook = {
  /** Begins a backup, or answers the one that is under way: there is never more than one. */
  begin: () => BackupRun;
  /** The latest first. */
  list: () => BackupRun[];
  /** Gives up the one under way and waits until it has cleared up. */
  stop: () => Promise<void>;
};

/** The backups this process was asked for. */
export function createBackupBook({ write, placeOf, onFailure, now, newId }: BackupBookDeps): BackupBook {
  const runs: BackupRun[] = [];
  const stopping = new AbortController();
  let underWay: Promise<void> = Promise.resolve();

  const run = async (entry: BackupRun): Promise<void> => {
    const perTable = new Map<string, BackupProgress>();
    const onProgress = (progress: BackupProgress) => {
      perTable.set(progress.table, progress);
      const all = [...perTable.values()];
      entry.tables = all.length;
      entry.files = all.reduce((sum, { files }) => sum + files, 0);
      entry.rows = all.reduce((sum, { rows }) => sum + rows, 0);
    };
    try {
      await write(entry.directory, entry.id, onProgress, stopping.signal);
      entry.state = 'done';
    } catch (error) {
      entry.state = 'failed';
      entry.error = stopping.signal.aborted
        ? 'The server stopped before the backup was whole; begin anew.'
        : error instanceof Error
          ? error.message
          : String(error);
      onFailure(error);
    }
    entry.endedAt = now().toISOString();
  };

  return {
    begin: () => {
      const [latest] = runs;
      if (latest?.state === 'running') return { ...latest };
      const at = now();
      const id = newId();
      const entry: BackupRun = {
        id,
        state: 'running',
        directory: placeOf(at, id),
        startedAt: at.toISOString(),
        endedAt: null,
        tables: 0,
        files: 0,
        rows: 0,
        error: null,
      };
      runs.unshift(entry);
      runs.length = Math.min(runs.length, keptRuns);
      underWay = run(entry);
      return { ...entry };
    },
    list: () => runs.map((entry) => ({ ...entry })),
    stop: async () => {
      stopping.abort(new Error('the server stops'));
      await underWay;
    },
  };
}
