import { type AnyKey, anyKey } from './any-key.js';
import { type AttributeReader, type KnownKey, knownKeys } from './known-keys.js';

/** A key to read: one of those every payload is indexed by, or any other, which costs a search. */
export type ReadKey = KnownKey | AnyKey;

export function readKey(name: string): ReadKey {
  return knownKeys.find((key) => key === name) ?? anyKey(name);
}

export function readText(attributes: AttributeReader, key: ReadKey): string | null {
  return typeof key === 'string' ? attributes.text(key) : attributes.find(key);
}

/** The first of some keys that has a text. */
export function firstText(attributes: AttributeReader, keys: readonly ReadKey[]): string | null {
  for (const key of keys) {
    const text = readText(attributes, key);
    if (text !== null) return text;
  }
  return null;
}

export function firstNumber(attributes: AttributeReader, keys: readonly KnownKey[]): number | null {
  for (const key of keys) {
    const number = attributes.number(key);
    if (number !== null) return number;
  }
  return null;
}
