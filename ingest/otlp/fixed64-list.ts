import { ByteWriter } from '../wire/byte-writer.js';
import { WireError } from '../wire/wire-error.js';
import { type WireReader, wireTypes } from '../wire/wire-reader.js';

/** Far above what histograms have; keeps a small payload from growing into huge rows. */
export const maxListed = 10_000;
const keepBytes = 64 * 1024;

/** A repeated number of a point, kept as the eight bytes each that a row wants. Reused. */
export class Fixed64List {
  count = 0;
  overflowed = false;
  readonly #values = new ByteWriter(256);

  clear(): void {
    this.count = 0;
    this.overflowed = false;
    this.#values.clear(keepBytes);
  }

  /** Takes fixed64, sfixed64 or double, packed or one by one; false when the wire type is neither. */
  takeFixed(reader: WireReader): boolean {
    if (reader.wireType === wireTypes.fixed64) {
      reader.fixed64();
      this.#add(reader.lo, reader.hi);
      return true;
    }
    if (reader.wireType !== wireTypes.bytes) return false;
    reader.delimited();
    const bytes = reader.stop - reader.start;
    if (bytes % 8 !== 0) throw new WireError('truncated', reader.start, 'A list of 64-bit values is cut off');
    if (this.count + bytes / 8 > maxListed) this.overflowed = true;
    else {
      this.#values.copy(reader.bytes, reader.start, reader.stop);
      this.count += bytes / 8;
    }
    return true;
  }

  /** Takes varints, packed or one by one; false when the wire type is neither. */
  takeVarint(reader: WireReader): boolean {
    if (reader.wireType === wireTypes.varint) {
      reader.varint();
      this.#add(reader.lo, reader.hi);
      return true;
    }
    if (reader.wireType !== wireTypes.bytes) return false;
    reader.delimited();
    const outerEnd = reader.enter();
    while (reader.position < reader.end) {
      reader.varint();
      this.#add(reader.lo, reader.hi);
    }
    reader.leave(outerEnd);
    return true;
  }

  double(index: number): number {
    return this.#values.f64At(index * 8);
  }

  /** Writes Array(UInt64) or Array(Float64) in RowBinary. */
  writeArray(writer: ByteWriter): void {
    writer.varint(this.count);
    writer.append(this.#values);
  }

  #add(lo: number, hi: number): void {
    if (this.count === maxListed) {
      this.overflowed = true;
      return;
    }
    this.#values.u64(lo, hi);
    this.count++;
  }
}
