import type { ByteWriter } from '../wire/byte-writer.js';
import type { WireReader } from '../wire/wire-reader.js';

/** Eight bytes that may be absent, a double or a count, kept as their bits. Reused. */
export class OptionalFixed64 {
  isSet = false;
  #lo = 0;
  #hi = 0;

  clear(): void {
    this.isSet = false;
    this.#lo = 0;
    this.#hi = 0;
  }

  /** Takes what `fixed64` has read. */
  take({ lo, hi }: WireReader): void {
    this.isSet = true;
    this.#lo = lo;
    this.#hi = hi;
  }

  /** Writes Float64 or UInt64 in RowBinary, 0 when absent. */
  write(writer: ByteWriter): void {
    writer.u64(this.#lo, this.#hi);
  }

  /** Writes Nullable(Float64) in RowBinary. */
  writeNullable(writer: ByteWriter): void {
    writer.u8(this.isSet ? 0 : 1);
    if (this.isSet) this.write(writer);
  }
}
