import { Buffer } from 'node:buffer';
import { largeBytes } from '../decoding/decoder.js';

/** Bodies up to this come in one piece or few, and cost next to nothing as they are. */
const smallBytes = 64 * 1024;
/** 16 MB at most, of which the system gives only what was ever written to. */
const mostKept = 32;

/**
 * Buffers that bodies of usual size are read into, used again and again. With a new one for each, the garbage collector is
 * called every 100 ms under full load, because it counts them as its own: a seventh of what receiving costs.
 */
export class BodyBuffers {
  readonly #kept: Buffer[] = [];
  readonly #lent = new WeakSet<ArrayBufferLike>();

  /** Null when a body of this size is better off with a buffer of its own. */
  take(bytes: number): Buffer | null {
    if (bytes <= smallBytes || bytes > largeBytes) return null;
    const buffer = this.#kept.pop() ?? Buffer.allocUnsafeSlow(largeBytes);
    this.#lent.add(buffer.buffer);
    return buffer;
  }

  /** Nobody may look at `body` any more; what was not taken from here is left alone. */
  giveBack(body: Buffer): void {
    if (!this.#lent.delete(body.buffer) || this.#kept.length === mostKept) return;
    this.#kept.push(Buffer.from(body.buffer));
  }
}
