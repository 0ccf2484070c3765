import { Buffer } from 'node:buffer';
import { largeBytes } from '../decoding/decoder.js';

/** Bodies up to this come in one piece or few, and cost next to nothing as they are. */
const smallBytes = 64 * 1024;
/** 16 MB at most, of which the system gives only what was ever written to; who announces bodies and sends none gets no more. */
const mostBuffers = 32;

/**
 * Buffers that bodies of usual size are read into, used again and again. With a new one for each, the garbage collector is
 * called every 100 ms under full load, because it counts them as its own: a seventh of what receiving costs.
 */
export class BodyBuffers {
  readonly #free: Buffer[] = [];
  #made = 0;

  /** Null when a body of this size is better off with a buffer of its own, or all are lent. */
  take(bytes: number): Buffer | null {
    if (bytes <= smallBytes || bytes > largeBytes) return null;
    const free = this.#free.pop();
    if (free !== undefined || this.#made === mostBuffers) return free ?? null;
    this.#made++;
    return Buffer.allocUnsafeSlow(largeBytes);
  }

  /** Once for each that was taken; nobody may look at it any more. */
  giveBack(buffer: Buffer): void {
    this.#free.push(buffer);
  }
}
