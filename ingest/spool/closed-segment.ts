/** The rows of one table in a segment. */
export type SegmentTable = { table: string; rows: number; bytes: number };

/** A segment that takes no more rows and waits to be inserted. */
export type ClosedSegment = {
  readonly id: string;
  readonly tables: readonly SegmentTable[];
  readonly tenants: ReadonlySet<string>;
  /** Bytes of its log, which is what counts against the quota. */
  readonly logBytes: number;
  readonly openedAtMs: number;
  /** Of the requests in it; must outlive it. */
  readonly marks: readonly Uint8Array[];
  /** False when a row file may be incomplete and must be made again from the log. */
  rowFilesReady: boolean;
  attempts: number;
  /** Not tried again before this time. */
  notBeforeMs: number;
  /** Tables already inserted, so that a retry after the other one failed leaves them alone. */
  readonly inserted: Set<string>;
};
