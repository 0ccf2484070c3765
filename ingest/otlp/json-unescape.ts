import { Buffer } from 'node:buffer';

const backslash = 0x5c;
const letterU = 0x75;
const simple: ReadonlyMap<number, number> = new Map([
  [0x6e, 0x0a],
  [0x74, 0x09],
  [0x72, 0x0d],
  [0x62, 0x08],
  [0x66, 0x0c],
]);
const replacement = 0xfffd;

/**
 * The bytes between the quotes with their escapes resolved, as UTF-8; lone surrogates become U+FFFD. On bytes, because a
 * replacement in the text takes sixty times the memory of a body that is nothing but escapes.
 */
export function unescaped(bytes: Uint8Array, start: number, stop: number): Buffer {
  const out = Buffer.allocUnsafe(stop - start);
  let length = 0;
  for (let at = start; at < stop; ) {
    const next = bytes[at] ?? 0;
    if (next !== backslash) {
      out[length++] = next;
      at++;
      continue;
    }
    const escaped = bytes[at + 1] ?? 0;
    const code = escaped === letterU ? hex4(bytes, at + 2, stop) : -1;
    if (code === -1) {
      if (at + 1 < stop) out[length++] = simple.get(escaped) ?? escaped;
      at += 2;
      continue;
    }
    at += 6;
    const low =
      isHigh(code) && bytes[at] === backslash && bytes[at + 1] === letterU ? hex4(bytes, at + 2, stop) : -1;
    if (isLow(low)) {
      at += 6;
      length = writeUtf8(out, length, 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00));
    } else length = writeUtf8(out, length, isHigh(code) || isLow(code) ? replacement : code);
  }
  return out.subarray(0, length);
}

/** Never longer than what was escaped. */
function writeUtf8(out: Buffer, at: number, code: number): number {
  let length = at;
  if (code < 0x80) out[length++] = code;
  else {
    if (code < 0x800) out[length++] = 0xc0 | (code >> 6);
    else {
      if (code < 0x10000) out[length++] = 0xe0 | (code >> 12);
      else {
        out[length++] = 0xf0 | (code >> 18);
        out[length++] = 0x80 | ((code >> 12) & 0x3f);
      }
      out[length++] = 0x80 | ((code >> 6) & 0x3f);
    }
    out[length++] = 0x80 | (code & 0x3f);
  }
  return length;
}

/** Four hexadecimal digits, -1 when they are none. */
function hex4(bytes: Uint8Array, at: number, stop: number): number {
  if (at + 4 > stop) return -1;
  let value = 0;
  for (let index = at; index < at + 4; index++) {
    const digit = hexDigit(bytes[index] ?? 0);
    if (digit === -1) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** The value of a hexadecimal digit, -1 of anything else. */
export function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
