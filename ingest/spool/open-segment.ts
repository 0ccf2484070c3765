import { type FileHandle, open } from 'node:fs/promises';
import { ByteWriter } from '../wire/byte-writer.js';
import type { ClosedSegment } from './closed-segment.js';
import { encodeFrame } from './frame.js';
import { logPath, rowsPath, syncDirectory } from './segment-files.js';
import { SyncedLog } from './synced-log.js';
import { writeFully } from './write-fully.js';

/** What one commit brings for one table. */
export type TableRows = { readonly table: string; readonly rows: number; readonly bytes: Uint8Array };

/** `bytes` are on file, `pending` are yet to come. */
type RowFile = { handle: FileHandle | null; readonly pending: ByteWriter; rows: number; bytes: number };

/** Nobody waits for row files, so small commits share a write: with one each, calls into the system cost most. */
const rowWriteBytes = 512 * 1024;
const firstPendingBytes = 16 * 1024;

/** A segment that commits are appended to. */
export class OpenSegment {
  readonly id: string;
  readonly openedAtMs: number;
  readonly #directory: string;
  readonly #log: SyncedLog;
  readonly #rowFiles = new Map<string, RowFile>();
  readonly #tenants = new Set<string>();
  readonly #marks: Uint8Array[] = [];
  #logBytes = 0;
  #directorySynced = false;
  #rowFilesReady = true;

  private constructor(directory: string, id: string, openedAtMs: number, log: SyncedLog) {
    this.#directory = directory;
    this.id = id;
    this.openedAtMs = openedAtMs;
    this.#log = log;
  }

  static async create(directory: string, id: string, openedAtMs: number): Promise<OpenSegment> {
    return new OpenSegment(directory, id, openedAtMs, await SyncedLog.create(logPath(directory, id)));
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
    const copied = this.#copyAll(filled).catch(() => {
      this.#rowFilesReady = false;
    });
    const named = this.#syncDirectoryOnce();
    // It is waited for below, also when it fails first: a log is not cut back while it is written to.
    named.catch(() => undefined);
    try {
      const written = await this.#log.write(frame, this.#logBytes);
      await named;
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
    await Promise.all([this.#log.close(), ...[...this.#rowFiles].map((entry) => this.#closeRows(entry))]);
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

  /** Tables at the same time, the parts of one table one after another. */
  async #copyAll(filled: readonly TableRows[]): Promise<void> {
    const tables = new Set(filled.map(({ table }) => table));
    await Promise.all(
      [...tables].map(async (name) => {
        for (const part of filled) if (part.table === name) await this.#copyRows(part);
      }),
    );
  }

  async #copyRows({ table, bytes }: TableRows): Promise<void> {
    let file = this.#rowFiles.get(table);
    if (file === undefined) {
      file = { handle: null, pending: new ByteWriter(firstPendingBytes), rows: 0, bytes: 0 };
      this.#rowFiles.set(table, file);
    }
    if (file.pending.length + bytes.length < rowWriteBytes) file.pending.copy(bytes, 0, bytes.length);
    else await this.#writeRows(table, file, bytes);
  }

  async #writeRows(table: string, file: RowFile, bytes: Uint8Array): Promise<void> {
    file.handle ??= await open(rowsPath(this.#directory, this.id, table), 'w');
    file.bytes += await writeFully(file.handle, [file.pending.view(), bytes], file.bytes);
    file.pending.clear();
  }

  async #closeRows([table, file]: [string, RowFile]): Promise<void> {
    try {
      if (this.#rowFilesReady) await this.#writeRows(table, file, new Uint8Array(0));
    } catch {
      this.#rowFilesReady = false;
    }
    await file.handle?.close();
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
