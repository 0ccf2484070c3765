import type { ByteWriter } from '../wire/byte-writer.js';
import { wireTypes } from '../wire/wire-reader.js';
import { doubleOf, integerOf } from './json-scalar.js';
import type { JsonScanner } from './json-scanner.js';

/**
 * Writes a JSON array of numbers as a packed field. False, and nothing written, when an element is no number: counts and
 * bounds belong together by position, so a list with a hole is worth nothing.
 */
export function writeScalarList(
  scanner: JsonScanner,
  number: number,
  of: 'uint64' | 'fixed64' | 'double',
  writer: ByteWriter,
  depth: number,
): boolean {
  const before = writer.length;
  writer.varint(number * 8 + wireTypes.bytes);
  const start = writer.reserveLength();
  let isWhole = true;
  for (let isFirst = true; scanner.element(isFirst); isFirst = false) {
    const token = scanner.token();
    const value = of === 'double' ? doubleOf(scanner, token) : integerOf(scanner, token);
    if (value === null) {
      isWhole = false;
      scanner.skip(token, depth + 1);
    } else if (typeof value === 'number') writer.f64(value);
    else writeInteger(writer, of, BigInt.asUintN(64, value));
  }
  if (isWhole) writer.fillLength(start);
  else writer.truncate(before);
  return isWhole;
}

function writeInteger(writer: ByteWriter, of: 'uint64' | 'fixed64' | 'double', bits: bigint): void {
  const lo = Number(bits & 0xffffffffn);
  const hi = Number(bits >> 32n);
  if (of === 'uint64') writer.varint64(lo, hi);
  else writer.u64(lo, hi);
}
