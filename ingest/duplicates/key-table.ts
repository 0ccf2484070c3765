import type { Buffer } from 'node:buffer';

/** Four words of key and one of time. */
const stride = 5;
const firstSlots = 1024;
/** A table is grown when it is this full. */
const fullest = 0.6;

/** Keys of 16 bytes with a time each, in 20 bytes a slot and not in objects: a million takes about 40 MB. Never shrinks. */
export class KeyTable {
  readonly beganAtMs: number;
  count = 0;
  #slots = firstSlots;
  #words = new Uint32Array(firstSlots * stride);

  constructor(beganAtMs: number) {
    this.beganAtMs = beganAtMs;
  }

  /** When the key was added, null when it was not. */
  atMs(key: Buffer): number | null {
    const at = this.#find(wordsOf(key));
    const offsetMs = this.#words[at + 4] ?? 0;
    return offsetMs === 0 ? null : this.beganAtMs + offsetMs - 1;
  }

  /** Of a key that is added again the later time counts. */
  add(key: Buffer, atMs: number): void {
    if (this.count + 1 > this.#slots * fullest) this.#grow();
    this.#put(wordsOf(key), Math.max(1, Math.floor(atMs) - this.beganAtMs + 1));
  }

  #put(key: Words, offsetMs: number): void {
    const at = this.#find(key);
    const words = this.#words;
    const known = words[at + 4] ?? 0;
    if (known === 0) {
      words.set(key, at);
      this.count++;
    }
    words[at + 4] = Math.max(known, offsetMs);
  }

  /** The place of the key, or the empty one where it would go: a slot without a time is empty. */
  #find(key: Words): number {
    const words = this.#words;
    for (let slot = key[0] % this.#slots; ; slot = (slot + 1) % this.#slots) {
      const at = slot * stride;
      const isSame =
        words[at] === key[0] &&
        words[at + 1] === key[1] &&
        words[at + 2] === key[2] &&
        words[at + 3] === key[3];
      if (isSame || words[at + 4] === 0) return at;
    }
  }

  #grow(): void {
    const old = this.#words;
    this.#slots *= 2;
    this.#words = new Uint32Array(this.#slots * stride);
    this.count = 0;
    for (let at = 0; at < old.length; at += stride) {
      const offsetMs = old[at + 4] ?? 0;
      if (offsetMs === 0) continue;
      this.#put([old[at] ?? 0, old[at + 1] ?? 0, old[at + 2] ?? 0, old[at + 3] ?? 0], offsetMs);
    }
  }
}

type Words = readonly [number, number, number, number];

function wordsOf(key: Buffer): Words {
  return [key.readUInt32LE(0), key.readUInt32LE(4), key.readUInt32LE(8), key.readUInt32LE(12)];
}
