import { ByteWriter } from '../wire/byte-writer.js';
import { hashBytes } from '../wire/hash-bytes.js';
import { findSlot, knownKeyCount } from './known-key-index.js';

/** Escaping makes up to six bytes of one, so four bytes of length would not do for the largest bodies. */
const textLengthBytes = 5;
const listStart = 0x5b;
const listComma = 0x2c;
const listEnd = 0x5d;
/** Of these a tree is begun anew: some 4 MB, whatever senders make up. Honest ones use a few hundred. */
const mostShapes = 5_000;
const mostBytes = 2 * 1024 * 1024;
const noPlaces = new Int16Array(knownKeyCount).fill(-1);

/**
 * The keys of an item in their order. Spans of one kind have the same ones, so what follows from keys alone is worked out
 * once: which known key stands where, and how the keys read as a row.
 */
export class AttributeShape {
  /** Of its tree, and never given to another. */
  readonly id: number;
  readonly count: number;
  /** The slot of the last key, when it is a known one that no key before it repeats; else -1. */
  readonly newSlot: number;
  readonly #before: AttributeShape | null;
  readonly #key: Uint8Array;
  readonly #further = new Map<number, AttributeShape[]>();
  /** What followed the last time, which is mostly what follows. */
  #guess: AttributeShape | null = null;
  #places: Int16Array | null = null;
  #row: ByteWriter | null = null;

  constructor(id: number, before: AttributeShape | null, key: Uint8Array) {
    this.id = id;
    this.#before = before;
    this.#key = key;
    this.count = before === null ? 0 : before.count + 1;
    const slot = before === null ? -1 : findSlot(key, 0, key.length);
    this.newSlot = slot === -1 || before?.placeOf(slot) !== -1 ? -1 : slot;
  }

  /** The place of the first attribute with a known key, or -1. */
  placeOf(slot: number): number {
    this.#places ??= this.#findPlaces();
    return this.#places[slot] ?? -1;
  }

  /** The shape with the key spelled by [start, end) behind these, null when it was not seen before. */
  with(bytes: Uint8Array, start: number, end: number): AttributeShape | null {
    const guess = this.#guess;
    if (guess?.endsIn(bytes, start, end)) return guess;
    const candidates = this.#further.get(hashBytes(bytes, start, end));
    if (candidates === undefined) return null;
    // A loop, because a function that captures the arguments would cost an allocation even where the guess is right.
    for (const shape of candidates) {
      if (!shape.endsIn(bytes, start, end)) continue;
      this.#guess = shape;
      return shape;
    }
    return null;
  }

  /** The key is copied: a view would hold its whole request, or read what comes to the same place later. */
  learn(id: number, bytes: Uint8Array, start: number, end: number): AttributeShape {
    const learnt = new AttributeShape(id, this, Uint8Array.from(bytes.subarray(start, end)));
    const hash = hashBytes(bytes, start, end);
    const same = this.#further.get(hash);
    if (same === undefined) this.#further.set(hash, [learnt]);
    else same.push(learnt);
    return learnt;
  }

  /** Whether the last key is the one spelled by [start, end). */
  endsIn(bytes: Uint8Array, start: number, end: number): boolean {
    const key = this.#key;
    const { length } = key;
    if (end - start !== length) return false;
    for (let index = 0; index < length; index++) if (key[index] !== bytes[start + index]) return false;
    return true;
  }

  /** The keys as a JSON list in a text of RowBinary; no keys are no text. Calls `grown` with its bytes when it is made. */
  row(grown: (bytes: number) => void): ByteWriter {
    if (this.#row === null) {
      this.#row = this.#makeRow();
      grown(this.#row.length);
    }
    return this.#row;
  }

  #makeRow(): ByteWriter {
    const keys: Uint8Array[] = [];
    for (let shape: AttributeShape = this; shape.#before !== null; shape = shape.#before)
      keys.unshift(shape.#key);
    const row = new ByteWriter(64);
    if (keys.length === 0) {
      row.u8(0);
      return row;
    }
    const bodyStart = row.reserveLength(textLengthBytes);
    for (const [index, key] of keys.entries()) {
      row.u8(index === 0 ? listStart : listComma);
      row.jsonText(key, 0, key.length);
    }
    row.u8(listEnd);
    row.fillLength(bodyStart, textLengthBytes);
    return row;
  }

  #findPlaces(): Int16Array {
    if (this.#before === null) return noPlaces;
    let shape: AttributeShape | null = this;
    const places = noPlaces.slice();
    for (; shape !== null; shape = shape.#before) {
      if (shape.newSlot !== -1) places[shape.newSlot] = shape.count - 1;
    }
    return places;
  }
}

/** All shapes that items of one kind have. */
export class ShapeTree {
  #lastId = 0;
  root = this.#newRoot();
  #shapes = 0;
  #bytes = 0;

  /** Called between items. */
  begin(): AttributeShape {
    if (this.#shapes > mostShapes || this.#bytes > mostBytes) {
      this.root = this.#newRoot();
      this.#shapes = 0;
      this.#bytes = 0;
    }
    return this.root;
  }

  grow(shape: AttributeShape, bytes: Uint8Array, start: number, end: number): AttributeShape {
    this.#shapes++;
    this.#bytes += end - start;
    return shape.learn(++this.#lastId, bytes, start, end);
  }

  readonly took = (bytes: number): void => {
    this.#bytes += bytes;
  };

  #newRoot(): AttributeShape {
    return new AttributeShape(++this.#lastId, null, new Uint8Array(0));
  }
}
