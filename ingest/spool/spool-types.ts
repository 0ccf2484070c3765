import type { SegmentFile } from '../../warehouse/warehouse.js';
import type { IngestLog } from '../admission.js';
import type { KnownLimits } from '../duplicates/known-requests.js';
import type { RequestMark } from '../duplicates/request-mark.js';
import type { Column } from '../rows/column.js';

/** A table the spool carries rows for; its position in the list is its sink's. */
export type SpoolTable = { readonly table: string; readonly columns: readonly Column[] };

export type SpoolLimits = {
  /** An open segment is inserted when it is this old. */
  insertEveryMs: number;
  /**
   * Requests that come within this time share one sync, or within less while the disk is fast; the first after a pause
   * does not wait.
   */
  commitEveryMs: number;
  /**
   * A segment is inserted when its log is this large. Small enough that the engine takes it as one block, which makes
   * the insert of each partition atomic.
   */
  segmentMaxBytes: number;
  /** With this much on disk or waiting for it, requests are refused with 503. */
  quotaBytes: number;
  /** With this much waiting for the disk in memory, requests are refused with 503. */
  pendingMaxBytes: number;
};

export type InsertedNote = {
  rows: ReadonlyMap<string, number>;
  tenants: ReadonlySet<string>;
};

export type SpoolDeps = {
  directory: string;
  tables: readonly SpoolTable[];
  limits: SpoolLimits;
  /** How long marks of requests are kept behind their segment, and how many. */
  marks: KnownLimits;
  /** Told at the start what former runs took. */
  onMarksFound: (marks: readonly RequestMark[]) => void;
  insert: (segment: SegmentFile, signal: AbortSignal) => Promise<void>;
  nowMs: () => number;
  random: () => number;
  newId: () => string;
  /** Resolves after so many milliseconds, or at once when aborted. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  onInserted: (note: InsertedNote) => void;
  recordMs: (name: string, ms: number) => void;
  log: IngestLog;
};

export type SpoolStats = {
  /** Bytes in the spool: logs, row files, and rows in memory that wait for the disk. */
  bytes: number;
  quotaBytes: number;
  segments: number;
  /** Age of the oldest rows that are not in ClickHouse yet; null when all are. */
  oldestAgeMs: number | null;
  insertedSegments: number;
  insertFailures: number;
  /** Segments (per table) set aside because ClickHouse will never take them. */
  poisonedTables: number;
  commitFailures: number;
  lastError: string | null;
};
