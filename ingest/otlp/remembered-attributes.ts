import type { AnyKey } from '../classify/any-key.js';
import type { AttributeReader, KnownKey } from '../classify/known-keys.js';

/** Attributes of a resource, decoded once: all runs of a request ask their one resource the same questions. */
export class RememberedAttributes implements AttributeReader {
  #source: AttributeReader | null = null;
  readonly #texts = new Map<KnownKey | AnyKey, string | null>();

  of(source: AttributeReader): void {
    this.#source = source;
    this.#texts.clear();
  }

  has(key: KnownKey): boolean {
    return this.#source?.has(key) ?? false;
  }

  text(key: KnownKey): string | null {
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const text = this.#source?.text(key) ?? null;
    this.#texts.set(key, text);
    return text;
  }

  number(key: KnownKey): number | null {
    return this.#source?.number(key) ?? null;
  }

  flag(key: KnownKey): boolean | null {
    return this.#source?.flag(key) ?? null;
  }

  find(key: AnyKey): string | null {
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const text = this.#source?.find(key) ?? null;
    this.#texts.set(key, text);
    return text;
  }
}
