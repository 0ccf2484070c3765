import { Buffer } from 'node:buffer';
import { type KnownKey, knownKeys } from '../classify/known-keys.js';

const tableSize = 1024;

function hash(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const first = bytes[start] ?? 0;
  const middle = bytes[start + (length >> 1)] ?? 0;
  const last = bytes[end - 1] ?? 0;
  const beforeLast = bytes[end - 2] ?? 0;
  return (length * 37 + first * 5 + middle * 101 + last * 17 + beforeLast * 59) & (tableSize - 1);
}

const encoded = knownKeys.map((key) => new Uint8Array(Buffer.from(key)));
/** Head of the chain of each hash, and the next key of the same hash; -1 ends a chain. */
const heads = new Int16Array(tableSize).fill(-1);
const chain = new Int16Array(knownKeys.length).fill(-1);
for (const [slot, key] of encoded.entries()) {
  const at = hash(key, 0, key.length);
  chain[slot] = heads[at] ?? -1;
  heads[at] = slot;
}

const slots = new Map<KnownKey, number>(knownKeys.map((key, slot) => [key, slot]));

export const knownKeyCount = knownKeys.length;

export function slotOf(key: KnownKey): number {
  return slots.get(key) ?? -1;
}

/** The slot of the key spelled by [start, end), or -1: finds known keys without making a string of any. */
export function findSlot(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  for (let slot = heads[hash(bytes, start, end)] ?? -1; slot !== -1; slot = chain[slot] ?? -1) {
    const key = encoded[slot];
    if (key === undefined || key.length !== length) continue;
    let index = 0;
    while (index < length && key[index] === bytes[start + index]) index++;
    if (index === length) return slot;
  }
  return -1;
}
