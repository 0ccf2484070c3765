import { type FileHandle, open } from 'node:fs/promises';
import type { ClosedSegment } from './closed-segment.js';
import { encodeFrame } from './frame.js';
import { logPath, rowsPath, syncDirectory } from './segment-files.js';
import { writeFully } from './write-fully.js';

/** What one commit brings for one table. */
export type TableRows = { readonly table: string; readonly rows: number; readonly bytes: Uint8Array };

type RowFile = { readonly handle: FileHandle; rows: number; bytes: number };

/** A segment that commits are appended to. */
export class OpenSegment {
  readonly id: string;
  readonly openedAtMs: number;
  readonly #directory: string;
  readonly #log: FileHandle;
  readonly #rowFiles = new Map<string, RowFile>();
  readonly #tenants = new Set<string>();
  readonly #marks: Uint8Array[] = [];
  #logBytes = 0;
  #directorySynced = false;
  #rowFilesReady = true;

  private constructor(directory: string, id: string, openedAtMs: number, log: FileHandle) {
    this.#directory = directory;
    this.id = id;
    this.openedAtMs = openedAtMs;
    this.#log = log;
  }

  static async create(directory: string, id: string, openedAtMs: number): Promise<OpenSegment> {
    return new OpenSegment(directory, id, openedAtMs, await open(logPath(directory, id), 'wx'));
  }

  get logBytes(): number {
    return this.#logBytes;
  }

  /** Resolves when the rows are on disk. When it rejects, nothing of them is in the log. */
  async commit(tables: readonly TableRows[], tenants: ReadonlySet<string>, marks: Uint8Array): Promise<void> {
    const filled = tables.filter(({ rows }) => rows > 0);
    const frame = encodeFrame(
      {
        tables: filled.map(({ table, rows, bytes }) => ({ table, rows, bytes: bytes.length })),
        tenants: [...tenants],
        marksBytes: marks.length,
      },
      [...filled.map(({ bytes }) => bytes), marks],
    );
    const copied = Promise.all(filled.map((rows) => this.#copyRows(rows))).catch(() => {
      this.#rowFilesReady = false;
    });
    try {
      const written = await writeFully(this.#log, frame, this.#logBytes);
      await Promise.all([this.#log.datasync(), this.#syncDirectoryOnce()]);
      this.#logBytes += written;
    } catch (error) {
      await copied;
      this.#rowFilesReady = false;
      // Whether this works or not, nothing is appended here any more: the spool goes on in a new segment.
      await this.#log.truncate(this.#logBytes).catch(() => undefined);
      throw error;
    }
    await copied;
    for (const { table, rows } of filled) this.#count(table, rows);
    for (const tenant of tenants) this.#tenants.add(tenant);
    if (marks.length > 0) this.#marks.push(marks);
  }

  /** Takes no more commits; answers what is to be inserted. */
  async close(): Promise<ClosedSegment> {
    await Promise.all([
      this.#log.close(),
      ...[...this.#rowFiles.values()].map(({ handle }) => handle.close()),
    ]);
    return {
      id: this.id,
      tables: [...this.#rowFiles].map(([table, { rows, bytes }]) => ({ table, rows, bytes })),
      tenants: this.#tenants,
      logBytes: this.#logBytes,
      openedAtMs: this.openedAtMs,
      marks: this.#marks,
      rowFilesReady: this.#rowFilesReady,
      attempts: 0,
      notBeforeMs: 0,
      inserted: new Set(),
    };
  }

  async #copyRows({ table, bytes }: TableRows): Promise<void> {
    let file = this.#rowFiles.get(table);
    if (file === undefined) {
      file = { handle: await open(rowsPath(this.#directory, this.id, table), 'w'), rows: 0, bytes: 0 };
      this.#rowFiles.set(table, file);
    }
    file.bytes += await writeFully(file.handle, [bytes], file.bytes);
  }

  #count(table: string, rows: number): void {
    const file = this.#rowFiles.get(table);
    if (file !== undefined) file.rows += rows;
  }

  /** The name of a new log must be as safe as its contents. */
  async #syncDirectoryOnce(): Promise<void> {
    if (this.#directorySynced) return;
    await syncDirectory(this.#directory);
    this.#directorySynced = true;
  }
}
