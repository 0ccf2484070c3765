import type { ByteWriter } from '../wire/byte-writer.js';
import type { WireReader } from '../wire/wire-reader.js';

/** The value of a number point or exemplar: a double, an integer of 64 bits, or nothing. Reused. */
export class NumberValue {
  kind: 'none' | 'double' | 'int' = 'none';
  #lo = 0;
  #hi = 0;

  clear(): void {
    this.kind = 'none';
    this.#lo = 0;
    this.#hi = 0;
  }

  /** Takes what `fixed64` has read; of several the last one counts. */
  take({ lo, hi }: WireReader, kind: 'double' | 'int'): void {
    this.kind = kind;
    this.#lo = lo;
    this.#hi = hi;
  }

  /** Writes Float64 in RowBinary: an integer as near as a double comes, nothing as 0. */
  writeDouble(writer: ByteWriter): void {
    if (this.kind === 'int') writer.f64((this.#hi | 0) * 4294967296 + this.#lo);
    else writer.u64(this.#lo, this.#hi);
  }

  /** Writes Nullable(Float64), then Nullable(Int64), in RowBinary; only an integer has the latter. */
  writeBoth(writer: ByteWriter): void {
    writer.u8(this.kind === 'none' ? 1 : 0);
    if (this.kind !== 'none') this.writeDouble(writer);
    writer.u8(this.kind === 'int' ? 0 : 1);
    if (this.kind === 'int') writer.u64(this.#lo, this.#hi);
  }
}
