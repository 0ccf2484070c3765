import { Buffer } from 'node:buffer';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeMarks, encodeMarks, type MarkKind, markBytes } from '../duplicates/request-mark.js';
import { encodeFrame } from './frame.js';
import { readMarks } from './read-frame.js';
import { syncDirectory } from './segment-files.js';
import type { SpoolDeps } from './spool-types.js';
import { writeFully } from './write-fully.js';

/** A log of one kind is this many files; the oldest goes when its marks are too old, or too many. */
const filesPerKind = 4;
const suffix = '.marks';

export type MarkLogDeps = Pick<SpoolDeps, 'directory' | 'marks' | 'nowMs' | 'newId'>;

type OpenFile = { handle: FileHandle; bytes: number; beganAtMs: number };

/** Keeps the marks of requests whose segment is gone, so that they are known after a restart. */
export class MarkLog {
  readonly #deps: MarkLogDeps;
  readonly #files = new Map<MarkKind, OpenFile>();

  constructor(deps: MarkLogDeps) {
    this.#deps = deps;
  }

  /** All marks there are. What is torn at an end belongs to a segment that is still there. */
  async read(): Promise<Buffer[]> {
    const found: Buffer[] = [];
    for (const name of await this.#names()) found.push(...(await readMarks(join(this.#directory, name))));
    return found;
  }

  /** Resolves when the marks are on disk and their segment may go. */
  async keep(chunks: readonly Uint8Array[]): Promise<void> {
    const marks = decodeMarks(Buffer.concat(chunks));
    for (const kind of kinds) {
      const bytes = encodeMarks(marks.filter((mark) => mark.kind === kind));
      if (bytes.length > 0) await this.#append(kind, bytes);
    }
  }

  async close(): Promise<void> {
    for (const kind of [...this.#files.keys()]) await this.#finish(kind);
  }

  async #append(kind: MarkKind, bytes: Buffer): Promise<void> {
    const file = await this.#fileFor(kind);
    const frame = encodeFrame({ tables: [], tenants: [], marksBytes: bytes.length }, [bytes]);
    try {
      const written = await writeFully(file.handle, frame, file.bytes);
      await file.handle.datasync();
      file.bytes += written;
    } catch (error) {
      // Nobody knows what the file holds now: go on in a new one.
      await this.#finish(kind).catch(() => undefined);
      throw error;
    }
  }

  async #fileFor(kind: MarkKind): Promise<OpenFile> {
    const { keepMs, maxKeys } = this.#deps.marks[kind];
    const now = this.#deps.nowMs();
    const current = this.#files.get(kind);
    const isFull =
      current !== undefined &&
      (current.beganAtMs + keepMs / filesPerKind < now ||
        current.bytes > (maxKeys / filesPerKind) * markBytes);
    if (current !== undefined && !isFull) return current;
    await this.#finish(kind);
    await mkdir(this.#directory, { recursive: true });
    // Never one that a former run may have left torn.
    const name = `${kind}-${String(Math.floor(now)).padStart(13, '0')}-${this.#deps.newId()}${suffix}`;
    const file = { handle: await open(join(this.#directory, name), 'wx'), bytes: 0, beganAtMs: now };
    this.#files.set(kind, file);
    await this.#removeOld(kind, now);
    await syncDirectory(this.#directory);
    return file;
  }

  /** A file's marks are older than the beginning of the file behind it. */
  async #removeOld(kind: MarkKind, now: number): Promise<void> {
    const { keepMs, maxKeys } = this.#deps.marks[kind];
    const names = (await this.#names()).filter((name) => name.startsWith(`${kind}-`)).reverse();
    let bytes = 0;
    for (const [index, name] of names.entries()) {
      const path = join(this.#directory, name);
      const newer = names[index - 1];
      bytes += (await stat(path)).size;
      const isOld = newer !== undefined && beganAtMs(kind, newer) <= now - keepMs;
      if (isOld || bytes > maxKeys * markBytes * 2) await rm(path, { force: true });
    }
  }

  async #finish(kind: MarkKind): Promise<void> {
    const file = this.#files.get(kind);
    this.#files.delete(kind);
    await file?.handle.close();
  }

  get #directory(): string {
    return join(this.#deps.directory, 'requests');
  }

  async #names(): Promise<string[]> {
    const names = await readdir(this.#directory).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    });
    return names.filter((name) => name.endsWith(suffix)).sort();
  }
}

const kinds: readonly MarkKind[] = ['body', 'delivery'];

function beganAtMs(kind: MarkKind, name: string): number {
  return Number.parseInt(name.slice(kind.length + 1), 10) || 0;
}
