import type { KnownKey } from '../classify/known-keys.js';
import type { CallAttributes } from './call.js';

/** Takes down which keys were asked for: an answer depends on nothing else. */
export class AskedAttributes implements CallAttributes {
  readonly keys = new Set<KnownKey>();
  #source: CallAttributes | null = null;

  of(source: CallAttributes): void {
    this.#source = source;
    this.keys.clear();
  }

  has(key: KnownKey): boolean {
    return this.#asked(key)?.has(key) ?? false;
  }

  text(key: KnownKey): string | null {
    return this.#asked(key)?.text(key) ?? null;
  }

  number(key: KnownKey): number | null {
    return this.#asked(key)?.number(key) ?? null;
  }

  flag(key: KnownKey): boolean | null {
    return this.#asked(key)?.flag(key) ?? null;
  }

  firstText(key: KnownKey): string | null {
    return this.#asked(key)?.firstText(key) ?? null;
  }

  #asked(key: KnownKey): CallAttributes | null {
    this.keys.add(key);
    return this.#source;
  }
}
