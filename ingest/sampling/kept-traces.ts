import { Fingerprints } from '../limits/fingerprint.js';
import type { KeepReason } from './sampling-tally.js';

/** Traces remembered in each of two generations; together about 5 MB. */
const generationSize = 50_000;
const idBytes = 16;
const reasons = ['error', 'slow', 'cold', 'ratio'] as const satisfies readonly KeepReason[];

/** What is remembered, for another thread; reasons as places in the list of them. */
export type KeptState = { readonly keys: Uint32Array; readonly reasons: Uint8Array };

/** Traces that are kept whole, so that what comes of them in later requests, and their logs, is kept too. */
export class KeptTraces {
  readonly #fingerprints = new Fingerprints();
  #recent = new Map<number, KeepReason>();
  #former = new Map<number, KeepReason>();

  /** The first reason counts. */
  keep(bytes: Uint8Array, idStart: number, reason: KeepReason): void {
    this.#keep(this.#fingerprints.of(bytes, idStart, idStart + idBytes), reason);
  }

  /** The former first, so that whoever learns it forgets in the same order. */
  state(): KeptState {
    const all = [...this.#former, ...this.#recent];
    return {
      keys: Uint32Array.from(all, ([key]) => key),
      reasons: Uint8Array.from(all, ([, reason]) => reasons.indexOf(reason)),
    };
  }

  learn(state: KeptState): void {
    for (const [index, key] of state.keys.entries()) {
      if (!this.#former.has(key)) this.#keep(key, reasons[state.reasons[index] ?? 0] ?? 'error');
    }
  }

  reason(bytes: Uint8Array, idStart: number): KeepReason | null {
    const key = this.#fingerprints.of(bytes, idStart, idStart + idBytes);
    return this.#recent.get(key) ?? this.#former.get(key) ?? null;
  }

  #keep(key: number, reason: KeepReason): void {
    if (this.#recent.has(key)) return;
    if (this.#recent.size >= generationSize) {
      this.#former = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, this.#former.get(key) ?? reason);
  }
}
