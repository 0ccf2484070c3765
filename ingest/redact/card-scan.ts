import { Buffer } from 'node:buffer';
import { replaceCards } from './card-number.js';

const zero = 48;
const shortestCard = 13;

const isDigit = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= zero && byte < zero + 10 ? 1 : 0));
/** Digits, and what parts their groups: blank and dash. */
const isCardByte = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === 32 || byte === 45 ? 1 : (isDigit[byte] ?? 0),
);

/** Where the digits that stand at a place end; the place itself when there are none. */
export function endOfDigits(bytes: Uint8Array, at: number, end: number): number {
  let stop = at;
  while (stop < end && isCardByte[bytes[stop] ?? 0] === 1) stop++;
  return stop;
}

/** Whether a card number is among the digits that stand at a place, which begin at or after `from` and end at `end`. */
export function hasCard(bytes: Uint8Array, from: number, at: number, end: number): boolean {
  let start = at;
  while (start > from && isCardByte[bytes[start - 1] ?? 0] === 1) start--;
  if (end - start < shortestCard) return false;
  let digitCount = 0;
  for (let index = start; index < end; index++) digitCount += isDigit[bytes[index] ?? 0] ?? 0;
  if (digitCount < shortestCard) return false;
  const text = Buffer.from(bytes.subarray(start, end)).toString('latin1');
  // Lengths and tags of the wire format next to a text may look like digits themselves.
  return [text, text.slice(1), text.slice(0, -1), text.slice(1, -1)].some(
    (digits) => replaceCards(digits, () => '') !== digits,
  );
}
