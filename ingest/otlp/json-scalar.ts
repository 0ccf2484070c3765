import { Buffer } from 'node:buffer';
import type { ByteWriter } from '../wire/byte-writer.js';
import { utf8 } from '../wire/utf8.js';
import type { JsonScanner, JsonToken } from './json-scanner.js';
import { hexDigit, unescaped } from './json-unescape.js';

/** The text of the last string token, escapes resolved. */
export function stringOf({ bytes, start, stop, escaped }: JsonScanner): string {
  if (!escaped) return utf8(bytes, start, stop);
  const text = unescaped(bytes, start, stop);
  return utf8(text, 0, text.length);
}

/** A 64-bit integer sent as a number or as text, exact; null when it is neither. */
export function integerOf(scanner: JsonScanner, token: JsonToken): bigint | null {
  if (token !== 'string' && token !== 'number') return null;
  const text = stringOf(scanner).trim();
  if (/^-?\d{1,20}$/.test(text)) return BigInt(text);
  const number = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) && Math.abs(number) < 2 ** 64 ? BigInt(Math.trunc(number)) : null;
}

/** A number, also "NaN", "Infinity" and "-Infinity" as protobuf's JSON writes them; null when it is none. */
export function doubleOf(scanner: JsonScanner, token: JsonToken): number | null {
  if (token !== 'string' && token !== 'number') return null;
  const text = stringOf(scanner).trim();
  if (text === 'NaN') return Number.NaN;
  const number = text === '' ? Number.NaN : Number(text);
  return Number.isNaN(number) ? null : number;
}

/** The number of an enum sent as a number, as its full name, or as the name without its prefix in any case. */
export function enumOf(
  scanner: JsonScanner,
  token: JsonToken,
  names: readonly string[],
  prefix: string,
): number | null {
  const number = integerOf(scanner, token);
  if (number !== null) return Number(BigInt.asIntN(32, number));
  if (token !== 'string') return null;
  const name = stringOf(scanner).trim().toUpperCase();
  const index = names.indexOf(name.startsWith(prefix) ? name.slice(prefix.length) : name);
  return index === -1 ? null : index;
}

/** Writes the length and bytes of a hex id. What is not hex becomes one byte, a length that no id has, so that its item is refused. */
export function writeId(scanner: JsonScanner, writer: ByteWriter): void {
  if (scanner.escaped) {
    const text = Buffer.from(stringOf(scanner));
    writeHex(writer, text, 0, text.length);
  } else writeHex(writer, scanner.bytes, scanner.start, scanner.stop);
}

function writeHex(writer: ByteWriter, bytes: Uint8Array, start: number, stop: number): void {
  const before = writer.length;
  const digits = stop - start;
  let isHex = digits % 2 === 0;
  writer.varint(Math.floor(digits / 2));
  for (let at = start; isHex && at < stop; at += 2) {
    const high = hexDigit(bytes[at] ?? 0);
    const low = hexDigit(bytes[at + 1] ?? 0);
    isHex = high !== -1 && low !== -1;
    writer.u8(high * 16 + low);
  }
  if (isHex) return;
  writer.truncate(before);
  writer.u8(1);
  writer.u8(0);
}
