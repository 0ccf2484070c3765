import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import process from 'node:process';
import { writeFully } from './write-fully.js';

/**
 * On Linux a write to such a file returns when it is on disk, which saves a way through the thread pool and the event loop.
 * Elsewhere each write is followed by a sync: O_DSYNC of macOS leaves bytes in the drive's own cache, Windows has none.
 */
const writesAreSynced = process.platform === 'linux';
const flags =
  constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (writesAreSynced ? constants.O_DSYNC : 0);

/** A new file whose bytes are on disk when `write` resolves. */
export class SyncedLog {
  readonly #file: FileHandle;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<SyncedLog> {
    return new SyncedLog(await open(path, flags));
  }

  /** Answers how many bytes were written. */
  async write(buffers: readonly Uint8Array[], position: number): Promise<number> {
    const written = await writeFully(this.#file, buffers, position);
    if (!writesAreSynced) await this.#file.datasync();
    return written;
  }

  truncate(bytes: number): Promise<void> {
    return this.#file.truncate(bytes);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
