import { hashBytes } from '../wire/hash-bytes.js';
import { utf8 } from '../wire/utf8.js';

const places = 4096;
/** Longer texts rarely come again, and comparing them costs as much as making them. */
const longest = 64;

/**
 * Names of tables, hosts, methods and functions come again with every span. This gives the string made the last time
 * when the bytes are the same, which costs a third of making it. One text a place, so it never grows.
 */
export class RepeatedTexts {
  readonly #texts = new Array<string>(places).fill('');

  /** The text of [start, end). */
  of(bytes: Uint8Array, start: number, end: number): string {
    const length = end - start;
    if (length > longest) return utf8(bytes, start, end);
    const place = hashBytes(bytes, start, end) & (places - 1);
    const before = this.#texts[place] ?? '';
    if (isSame(before, bytes, start, length)) return before;
    const text = utf8(bytes, start, end);
    this.#texts[place] = text;
    return text;
  }
}

/** Only texts of ASCII are found again: of others a unit of the string is no byte. */
function isSame(text: string, bytes: Uint8Array, start: number, length: number): boolean {
  if (text.length !== length) return false;
  for (let index = 0; index < length; index++) {
    const byte = bytes[start + index] ?? 0;
    if (byte >= 0x80 || text.charCodeAt(index) !== byte) return false;
  }
  return true;
}
