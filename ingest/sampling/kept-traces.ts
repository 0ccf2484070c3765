import { Fingerprints } from '../limits/fingerprint.js';
import type { KeepReason } from './sampling-tally.js';

/** Traces remembered in each of two generations; together about 5 MB. */
const generationSize = 50_000;
const idBytes = 16;

/** Traces that are kept whole, so that what comes of them in later requests, and their logs, is kept too. */
export class KeptTraces {
  readonly #fingerprints = new Fingerprints();
  #recent = new Map<number, KeepReason>();
  #former = new Map<number, KeepReason>();

  /** The first reason counts. */
  keep(bytes: Uint8Array, idStart: number, reason: KeepReason): void {
    const key = this.#fingerprints.of(bytes, idStart, idStart + idBytes);
    if (this.#recent.has(key)) return;
    if (this.#recent.size >= generationSize) {
      this.#former = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, this.#former.get(key) ?? reason);
  }

  reason(bytes: Uint8Array, idStart: number): KeepReason | null {
    const key = this.#fingerprints.of(bytes, idStart, idStart + idBytes);
    return this.#recent.get(key) ?? this.#former.get(key) ?? null;
  }
}
