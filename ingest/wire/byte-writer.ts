import { Buffer, isUtf8 } from 'node:buffer';
import { hashBytes } from './hash-bytes.js';
import { utf8 } from './utf8.js';

/** Up to this many bytes a loop in JavaScript beats the call into a native copy. */
const loopBytes = 48;
const decimal = new Uint8Array(24);

/** What a byte of a text means for a JSON string: 0 is copied as it is. */
const mustEscape = 1;
const notAscii = 2;
const jsonCare = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x20 || byte === 0x22 || byte === 0x5c) return mustEscape;
  return byte < 0x80 ? 0 : notAscii;
});

/**
 * A growing byte buffer that is written, handed to the disk, cleared and written again.
 * Lengths are varints in both formats written with it: protobuf and ClickHouse's RowBinary.
 */
export class ByteWriter {
  #bytes: Buffer;
  #length = 0;

  constructor(capacityBytes = 4096) {
    this.#bytes = Buffer.allocUnsafeSlow(capacityBytes);
  }

  get length(): number {
    return this.#length;
  }

  get capacity(): number {
    return this.#bytes.length;
  }

  /** What was written so far, not copied: valid until the next write after a `clear`. */
  view(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A number that was written with `f64`, or copied. */
  f64At(at: number): number {
    return this.#bytes.readDoubleLE(at);
  }

  /** A hash of what was written, for tables in memory. */
  hash(): number {
    return hashBytes(this.#bytes, 0, this.#length);
  }

  /** Whether exactly these bytes were written. */
  holds(bytes: Uint8Array): boolean {
    const count = this.#length;
    if (bytes.length !== count) return false;
    for (let index = 0; index < count; index++) if (bytes[index] !== this.#bytes[index]) return false;
    return true;
  }

  /** Forgets everything written after `length`, an earlier `this.length`. */
  truncate(length: number): void {
    this.#length = length;
  }

  /** Starts over. A buffer that one huge batch blew up beyond `keepBytes` is given back. */
  clear(keepBytes = Number.POSITIVE_INFINITY): void {
    this.#length = 0;
    if (this.#bytes.length > keepBytes) this.#bytes = Buffer.allocUnsafeSlow(keepBytes);
  }

  /** Gives away what was written, with the buffer it is in, and starts over with none. */
  take(): Buffer {
    const taken = this.view();
    this.#length = 0;
    this.#bytes = Buffer.allocUnsafeSlow(0);
    return taken;
  }

  u8(value: number): void {
    this.#need(1);
    this.#bytes[this.#length++] = value;
  }

  /** Overwrites a byte written earlier. */
  patch(at: number, value: number): void {
    this.#bytes[at] = value;
  }

  u16(value: number): void {
    this.#need(2);
    this.#bytes[this.#length++] = value;
    this.#bytes[this.#length++] = value >>> 8;
  }

  u32(value: number): void {
    this.#need(4);
    this.#u32(value);
  }

  u64(lo: number, hi: number): void {
    this.#need(8);
    this.#u32(lo);
    this.#u32(hi);
  }

  /** A whole, non-negative number below 2^53 as 64 bits. */
  u64Number(value: number): void {
    this.u64(value >>> 0, Math.floor(value / 4294967296));
  }

  f64(value: number): void {
    this.#need(8);
    this.#length = this.#bytes.writeDoubleLE(value, this.#length);
  }

  varint(value: number): void {
    this.#need(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  varint64(lo: number, hi: number): void {
    this.#need(10);
    let low = lo >>> 0;
    let high = hi >>> 0;
    while (high !== 0 || low >= 0x80) {
      this.#bytes[this.#length++] = (low & 0x7f) | 0x80;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    this.#bytes[this.#length++] = low;
  }

  /** Copies [start, end) of `source`. */
  copy(source: Uint8Array, start: number, end: number): void {
    const count = end - start;
    this.#need(count);
    if (count <= loopBytes) {
      const bytes = this.#bytes;
      let at = this.#length;
      for (let from = start; from < end; from++) bytes[at++] = source[from] ?? 0;
      this.#length = at;
      return;
    }
    // Not `subarray`, which makes a Buffer of a Buffer: slower by a tenth.
    this.#bytes.set(new Uint8Array(source.buffer, source.byteOffset + start, count), this.#length);
    this.#length += count;
  }

  append(other: ByteWriter): void {
    this.copy(other.#bytes, 0, other.#length);
  }

  zeros(count: number): void {
    this.#need(count);
    this.#bytes.fill(0, this.#length, this.#length + count);
    this.#length += count;
  }

  /** Length and bytes of a text; what is not UTF-8 becomes U+FFFD, so that one bad string spoils nothing else. */
  text(source: Uint8Array, start: number, end: number): void {
    const count = end - start;
    if (count <= loopBytes) {
      this.#need(count + 1);
      const bytes = this.#bytes;
      let at = this.#length;
      let seen = 0;
      bytes[at++] = count;
      for (let from = start; from < end; from++) {
        const byte = source[from] ?? 0;
        seen |= byte;
        bytes[at++] = byte;
      }
      if (seen < 0x80 || isUtf8(source.subarray(start, end))) {
        this.#length = at;
        return;
      }
    } else if (isUtf8(source.subarray(start, end))) {
      this.varint(count);
      this.copy(source, start, end);
      return;
    }
    this.string(utf8(source, start, end));
  }

  /** Length and UTF-8 bytes of a JavaScript string. */
  string(value: string): void {
    const count = value.length;
    if (count <= loopBytes) {
      this.#need(count + 1);
      const bytes = this.#bytes;
      let at = this.#length;
      let seen = 0;
      bytes[at++] = count;
      for (let index = 0; index < count; index++) {
        const unit = value.charCodeAt(index);
        seen |= unit;
        bytes[at++] = unit;
      }
      if (seen < 0x80) {
        this.#length = at;
        return;
      }
    }
    const byteCount = Buffer.byteLength(value);
    this.varint(byteCount);
    this.#need(byteCount);
    this.#length += this.#bytes.write(value, this.#length, 'utf8');
  }

  /** A text of the source as a JSON string in quotes, without a length in front. */
  jsonText(source: Uint8Array, start: number, end: number): void {
    this.#need(end - start + 2);
    const bytes = this.#bytes;
    let at = this.#length;
    let care = 0;
    bytes[at++] = 0x22;
    for (let from = start; from < end; from++) {
      const byte = source[from] ?? 0;
      care |= jsonCare[byte] ?? 0;
      bytes[at++] = byte;
    }
    const isPlain = care === 0 || (care === notAscii && isUtf8(source.subarray(start, end)));
    if (!isPlain) {
      this.rawString(JSON.stringify(utf8(source, start, end)));
      return;
    }
    bytes[at++] = 0x22;
    this.#length = at;
  }

  /** ASCII without a length in front. */
  ascii(value: string): void {
    const count = value.length;
    this.#need(count);
    for (let index = 0; index < count; index++) this.#bytes[this.#length++] = value.charCodeAt(index);
  }

  /** UTF-8 without a length in front. */
  rawString(value: string): void {
    const byteCount = Buffer.byteLength(value);
    this.#need(byteCount);
    this.#length += this.#bytes.write(value, this.#length, 'utf8');
  }

  /** The decimal digits of a signed 64-bit number, without a length in front. */
  int64Digits(lo: number, hi: number): void {
    if (hi > 0x1fffff && hi < 0xffe00000) {
      this.rawString(BigInt.asIntN(64, (BigInt(hi) << 32n) | BigInt(lo)).toString());
      return;
    }
    const value = (hi | 0) * 4294967296 + lo;
    let rest = Math.abs(value);
    let from = decimal.length;
    do {
      decimal[--from] = 48 + (rest % 10);
      rest = Math.floor(rest / 10);
    } while (rest > 0);
    if (value < 0) decimal[--from] = 45;
    this.copy(decimal, from, decimal.length);
  }

  /** Leaves room for a length that is known later, four bytes for up to 2^28 - 1; answers where its body starts. */
  reserveLength(lengthBytes = 4): number {
    this.#need(lengthBytes);
    this.#length += lengthBytes;
    return this.#length;
  }

  /** Writes the bytes since `bodyStart` as a padded varint, which protobuf and RowBinary allow. */
  fillLength(bodyStart: number, lengthBytes = 4): void {
    let rest = this.#length - bodyStart;
    for (let at = bodyStart - lengthBytes; at < bodyStart - 1; at++) {
      this.#bytes[at] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[bodyStart - 1] = rest & 0x7f;
  }

  #u32(value: number): void {
    const bytes = this.#bytes;
    bytes[this.#length++] = value;
    bytes[this.#length++] = value >>> 8;
    bytes[this.#length++] = value >>> 16;
    bytes[this.#length++] = value >>> 24;
  }

  #need(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + count));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
