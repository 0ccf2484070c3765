import { Buffer } from 'node:buffer';
import { replaceCards } from './card-number.js';

/** So few that the table stays in the fastest memory; pairs of letters share one whatever their case. */
const slots = 4096;
const zero = 48;
const shortestCard = 13;

/** Bytes as they are compared: letters without case. */
const folded = Uint8Array.from({ length: 256 }, (_, byte) => {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte;
});

/** Bits of a pair: digits, or 1 << n for a pair that ends at the n-th byte of some text. */
const digitsBit = 1;
/** A text is looked for by its first bytes, so that the places fit into the bits of a byte. */
const longestStride = 6;

/**
 * Tells whether any of some texts, or a card number, is in a request. Looks only at every n-th pair of bytes, of which
 * every text has one, because all that is sent passes through here and nearly none is suspicious.
 */
export class NeedleScan {
  /** By the pair they begin with. */
  readonly #needles = new Map<number, Uint8Array[]>();
  /** Texts of one byte, for which there is no pair. */
  readonly #bytes: readonly number[];
  readonly #findsCards: boolean;
  readonly #stride: number;
  readonly #marks = new Uint8Array(slots);

  constructor(needles: readonly string[], findsCards: boolean) {
    const encoded = needles.map((needle) =>
      Uint8Array.from(Buffer.from(needle), (byte) => folded[byte] ?? 0),
    );
    const pairs = encoded.filter(({ length }) => length > 1);
    this.#bytes = encoded.filter(({ length }) => length === 1).map(([byte]) => byte ?? 0);
    this.#findsCards = findsCards;
    this.#stride = Math.min(longestStride, ...pairs.map(({ length }) => length - 1));
    for (const needle of pairs) this.#learn(needle);
    for (let pair = 0; findsCards && pair < 100; pair++) {
      this.#mark(slotOf(zero + Math.floor(pair / 10), zero + (pair % 10)), digitsBit);
    }
  }

  finds(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
    if (this.#bytes.length > 0) {
      // Not beyond the end: a part of a large body is looked at for each of its parts.
      const part = bytes.subarray(start, end);
      if (this.#bytes.some((byte) => part.includes(byte))) return true;
    }
    if (this.#needles.size === 0 && !this.#findsCards) return false;
    const marks = this.#marks;
    const stride = this.#stride;
    let digitsEnd = start;
    for (let at = start + stride; at < end; at += stride) {
      const mark = marks[slotOf(bytes[at - 1] ?? 0, bytes[at] ?? 0)] ?? 0;
      if (mark === 0) continue;
      if (mark > digitsBit && this.#needleNear(bytes, at, mark)) return true;
      if ((mark & digitsBit) === 0 || at < digitsEnd || !isDigit(bytes[at] ?? 0)) continue;
      digitsEnd = endOfDigits(bytes, at, end);
      const couldBeCard = digitsEnd - at >= shortestCard - 2 - 2 * stride;
      if (couldBeCard && hasCard(bytes, start, at, digitsEnd)) return true;
    }
    return false;
  }

  #learn(needle: Uint8Array): void {
    const pair = foldedPair(needle, 1);
    this.#needles.set(pair, [...(this.#needles.get(pair) ?? []), needle]);
    for (let place = 1; place <= this.#stride; place++) {
      this.#mark(slotOf(needle[place - 1] ?? 0, needle[place] ?? 0), 1 << place);
    }
  }

  #mark(slot: number, bit: number): void {
    this.#marks[slot] = (this.#marks[slot] ?? 0) | bit;
  }

  #needleNear(bytes: Uint8Array, at: number, mark: number): boolean {
    for (let place = 1; place <= this.#stride; place++) {
      if ((mark & (1 << place)) === 0) continue;
      const needles = this.#needles.get(foldedPair(bytes, at - place + 1));
      if (needles?.some((needle) => isAt(bytes, at - place, needle)) === true) return true;
    }
    return false;
  }
}

function isAt(bytes: Uint8Array, start: number, needle: Uint8Array): boolean {
  for (let index = 0; index < needle.length; index++) {
    if (folded[bytes[start + index] ?? 0] !== needle[index]) return false;
  }
  return true;
}

function slotOf(first: number, second: number): number {
  return (((first & 31) | ((first & 64) >> 1)) << 6) | (second & 31) | ((second & 64) >> 1);
}

/** The pair of bytes that ends at a place. */
function foldedPair(bytes: Uint8Array, at: number): number {
  return ((folded[bytes[at - 1] ?? 0] ?? 0) << 8) | (folded[bytes[at] ?? 0] ?? 0);
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte < zero + 10;
}

function endOfDigits(bytes: Uint8Array, at: number, end: number): number {
  let stop = at;
  while (stop < end && isCardByte(bytes[stop] ?? 0)) stop++;
  return stop;
}

function hasCard(bytes: Uint8Array, from: number, at: number, end: number): boolean {
  let start = at;
  while (start > from && isCardByte(bytes[start - 1] ?? 0)) start--;
  let digitCount = 0;
  for (let index = start; index < end; index++) if (isDigit(bytes[index] ?? 0)) digitCount++;
  if (digitCount < shortestCard) return false;
  const text = Buffer.from(bytes.subarray(start, end)).toString('latin1');
  // Lengths and tags of the wire format next to a text may look like digits themselves.
  return [text, text.slice(1), text.slice(0, -1), text.slice(1, -1)].some(
    (digits) => replaceCards(digits, () => '') !== digits,
  );
}

function isCardByte(byte: number): boolean {
  return isDigit(byte) || byte === 32 || byte === 45;
}
