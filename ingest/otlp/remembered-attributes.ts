import type { AnyKey } from '../classify/any-key.js';
import type { AttributeReader, KnownKey } from '../classify/known-keys.js';
import type { AttributeList } from './attribute-list.js';
import { KnownAttributes } from './known-attributes.js';

/** A resource as it is stored, with the hash it is found by. */
export type StoredResource = { readonly row: Uint8Array; readonly hashLo: number; readonly hashHi: number };

/** What was worked out of one resource; null as long as nobody needed it. */
export type Remembered = {
  readonly texts: Map<KnownKey | AnyKey, string | null>;
  stored: StoredResource | null;
};

/**
 * Attributes of a resource, decoded once: all runs of a request ask their one resource the same questions, and an instance
 * sends the same resource with each request.
 */
export class RememberedAttributes implements AttributeReader {
  readonly #known = new KnownAttributes<Remembered>();
  #source: AttributeList | null = null;
  #remembered = nothing();

  of(source: AttributeList): Remembered {
    this.#source = source;
    this.#remembered = this.#known.of(source, nothing);
    return this.#remembered;
  }

  has(key: KnownKey): boolean {
    return this.#source?.has(key) ?? false;
  }

  text(key: KnownKey): string | null {
    const { texts } = this.#remembered;
    const known = texts.get(key);
    if (known !== undefined) return known;
    const text = this.#source?.text(key) ?? null;
    texts.set(key, text);
    return text;
  }

  number(key: KnownKey): number | null {
    return this.#source?.number(key) ?? null;
  }

  flag(key: KnownKey): boolean | null {
    return this.#source?.flag(key) ?? null;
  }

  find(key: AnyKey): string | null {
    const { texts } = this.#remembered;
    const known = texts.get(key);
    if (known !== undefined) return known;
    const text = this.#source?.find(key) ?? null;
    texts.set(key, text);
    return text;
  }
}

function nothing(): Remembered {
  return { texts: new Map(), stored: null };
}
