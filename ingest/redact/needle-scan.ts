import { Buffer } from 'node:buffer';
import { endOfDigits, hasCard } from './card-scan.js';

/** Five bits of each of three letters, in which upper and lower case are the same: a table for the fastest memory. */
const slots = 1 << 15;
const longestGram = 3;
const lowBits = 31;
/** What is looked through at once, copied to where it can be read four bytes at a time: twice as fast as one by one. */
const chunkBytes = 64 * 1024;
/** Chunks overlap by more than the digits of a card. */
const overlapBytes = 32;
const wordBytes = 4;
/** Digits, blanks, dashes and what is near them in ASCII: two words of it are in every card number. */
const highBits = 0xe0e0e0e0 | 0;
const digitBits = 0x20202020;
/** Letters that are in most texts: a part of a needle without them is seldom found where the needle is not. */
const common = new Set(Buffer.from('etaoinsrlcdup.'));

/** Bytes as they are compared: letters without case. */
const folded = Uint8Array.from({ length: 256 }, (_, byte) => {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte;
});

/** A text that is looked for, and how far from its beginning the part stands by which it is noticed. */
type Suspect = { readonly needle: Uint8Array; readonly offset: number };

/**
 * Tells whether any of some texts, or a card number, is in a request. Looks at three letters at every second place, where
 * every text shows, because all that is sent passes through here and nearly none is suspicious.
 */
export class NeedleScan {
  /** Texts of one byte, which have no part. */
  readonly #bytes: readonly number[];
  readonly #findsCards: boolean;
  readonly #gram: number;
  /** 2, or 1 when a text is too short to show at every second place. */
  readonly #stride: number;
  readonly #words = new Int32Array(chunkBytes / wordBytes + 2);
  readonly #chunk = new Uint8Array(this.#words.buffer);
  /** 1 for parts by which some text is noticed. */
  readonly #marks = new Uint8Array(slots);
  readonly #suspects = new Map<number, Suspect[]>();
  /** Up to here digits were looked at: a text of nothing else is looked at once, and not for each of its chunks. */
  #digitsEnd = 0;

  constructor(needles: readonly string[], findsCards: boolean) {
    const encoded = needles.map((needle) =>
      Uint8Array.from(Buffer.from(needle), (byte) => folded[byte] ?? 0),
    );
    const longer = encoded.filter(({ length }) => length > 1);
    const shortest = Math.min(...longer.map(({ length }) => length));
    this.#bytes = encoded.filter(({ length }) => length === 1).map(([byte]) => byte ?? 0);
    this.#findsCards = findsCards;
    this.#gram = Math.min(longestGram, shortest);
    this.#stride = Math.min(2, shortest - this.#gram + 1);
    for (const needle of longer) this.#learn(needle);
  }

  finds(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
    if (this.#bytes.length > 0) {
      // Not beyond the end: a part of a large body is looked at for each of its parts.
      const part = bytes.subarray(start, end);
      if (this.#bytes.some((byte) => part.includes(byte))) return true;
    }
    if (this.#suspects.size === 0 && !this.#findsCards) return false;
    this.#digitsEnd = start;
    for (let from = start; from < end; from += chunkBytes - overlapBytes) {
      if (this.#findsInChunk(bytes, from, start, end)) return true;
      if (from + chunkBytes >= end) return false;
    }
    return false;
  }

  #findsInChunk(bytes: Uint8Array, from: number, start: number, end: number): boolean {
    const stop = Math.min(end, from + chunkBytes);
    this.#chunk.set(bytes.subarray(from, stop));
    this.#chunk.fill(0, stop - from, stop - from + 2 * wordBytes);
    const count = Math.ceil((stop - from) / wordBytes);
    const third = this.#gram === longestGram ? lowBits : 0;
    for (let index = -1; ; ) {
      index = this.#stride === 1 ? index + 1 : suspectWord(this.#words, this.#marks, index + 1, count, third);
      if (index >= count) return false;
      const at = from + index * wordBytes;
      for (let place = at; place < at + wordBytes; place += this.#stride) {
        if (this.#isAt(bytes, place, start, end)) return true;
      }
      if (!this.#findsCards || at < this.#digitsEnd) continue;
      this.#digitsEnd = endOfDigits(bytes, at, end);
      if (hasCard(bytes, start, at, this.#digitsEnd)) return true;
    }
  }

  /** By as many neighbouring parts as places are passed over, and of those that are seldom in other texts. */
  #learn(needle: Uint8Array): void {
    const span = this.#gram + this.#stride - 1;
    const windows = Array.from({ length: needle.length - span + 1 }, (_, from) => from);
    const commonIn = (from: number) =>
      needle.subarray(from, from + span).filter((byte) => common.has(byte)).length;
    const [best = 0] = windows.sort((a, b) => commonIn(a) - commonIn(b));
    for (let offset = best; offset < best + this.#stride; offset++) {
      const slot = this.#slotOf(needle, offset);
      this.#marks[slot] = 1;
      this.#suspects.set(slot, [...(this.#suspects.get(slot) ?? []), { needle, offset }]);
    }
  }

  #slotOf(bytes: Uint8Array, at: number): number {
    const third = this.#gram === longestGram ? (bytes[at + 2] ?? 0) : 0;
    return slotOf((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | (third << 16), lowBits);
  }

  /** Whether a text is where the part at this place is in it. */
  #isAt(bytes: Uint8Array, at: number, start: number, end: number): boolean {
    const suspects = this.#suspects.get(this.#slotOf(bytes, at));
    if (suspects === undefined) return false;
    // A loop, because a function that captures the arguments costs an allocation a call, found or not.
    for (const { needle, offset } of suspects) {
      const from = at - offset;
      if (from >= start && from + needle.length <= end && isSame(bytes, from, needle)) return true;
    }
    return false;
  }
}

/** The next word, from one on, in which a marked part begins, or that goes on with digits; `count` when there is none. */
function suspectWord(
  words: Int32Array,
  marks: Uint8Array,
  from: number,
  count: number,
  third: number,
): number {
  let word = words[from] ?? 0;
  let before = from === 0 ? 0 : (words[from - 1] ?? 0) & highBits;
  for (let index = from; index < count; index++) {
    const next = words[index + 1] ?? 0;
    const second = (word >>> 16) | (next << 16);
    const high = word & highBits;
    const isMarked = (marks[slotOf(word, third)] ?? 0) | (marks[slotOf(second, third)] ?? 0);
    if (isMarked !== 0 || (high === digitBits && before === digitBits)) return index;
    before = high;
    word = next;
  }
  return count;
}

/** Of the first three bytes of a word. */
function slotOf(word: number, thirdBits: number): number {
  return ((word & lowBits) << 10) | ((word >> 3) & (lowBits << 5)) | ((word >> 16) & thirdBits);
}

function isSame(bytes: Uint8Array, start: number, needle: Uint8Array): boolean {
  for (let index = 0; index < needle.length; index++) {
    if (folded[bytes[start + index] ?? 0] !== needle[index]) return false;
  }
  return true;
}
