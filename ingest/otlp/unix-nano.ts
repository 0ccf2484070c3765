import type { ByteWriter } from '../wire/byte-writer.js';
import type { WireReader } from '../wire/wire-reader.js';

/** A time in nanoseconds since the epoch as two halves, exact; 0 is "not set". Reused. */
export class UnixNano {
  #lo = 0;
  #hi = 0;

  get isSet(): boolean {
    return this.#lo !== 0 || this.#hi !== 0;
  }

  get lo(): number {
    return this.#lo;
  }

  get hi(): number {
    return this.#hi;
  }

  get ms(): number {
    return (this.#hi * 4294967296 + this.#lo) / 1e6;
  }

  get ns(): bigint {
    return (BigInt(this.#hi) << 32n) | BigInt(this.#lo);
  }

  clear(): void {
    this.#lo = 0;
    this.#hi = 0;
  }

  /** Takes what `fixed64` has read. */
  take({ lo, hi }: WireReader): void {
    this.#lo = lo;
    this.#hi = hi;
  }

  /** Writes DateTime64(9) in RowBinary, which is signed: what is beyond the year 2262 would lie before the epoch. */
  write(writer: ByteWriter): void {
    writer.u64(this.#lo, this.#hi & 0x7fffffff);
  }
}
