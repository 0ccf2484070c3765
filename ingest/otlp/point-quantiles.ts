import type { ByteWriter } from '../wire/byte-writer.js';
import { WireReader, wireTypes } from '../wire/wire-reader.js';
import { ValueAtQuantile } from './metric-fields.js';
import { OptionalFixed64 } from './optional-fixed64.js';
import { SliceList } from './slice-list.js';

const field = ValueAtQuantile.fields;

/** The quantiles of the current summary point. */
export class PointQuantiles {
  readonly #slices = new SliceList();
  readonly #reader = new WireReader();
  readonly #quantile = new OptionalFixed64();
  readonly #value = new OptionalFixed64();
  #bytes: Uint8Array = new Uint8Array(0);

  get count(): number {
    return this.#slices.count;
  }

  clear(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#slices.clear();
  }

  add(start: number, end: number): void {
    this.#slices.add(start, end);
  }

  /** Writes Array(Tuple(quantile Float64, value Float64)) in RowBinary; a number left out is 0, as in protobuf. */
  writeArray(writer: ByteWriter): void {
    writer.varint(this.#slices.count);
    for (let index = 0; index < this.#slices.count; index++) {
      this.#read(index);
      this.#quantile.write(writer);
      this.#value.write(writer);
    }
  }

  #read(index: number): void {
    const reader = this.#reader;
    reader.reset(this.#bytes, this.#slices.start(index), this.#slices.end(index));
    this.#quantile.clear();
    this.#value.clear();
    while (reader.next()) {
      if (reader.wireType !== wireTypes.fixed64) {
        reader.skip();
        continue;
      }
      reader.fixed64();
      if (reader.field === field.quantile.number) this.#quantile.take(reader);
      else if (reader.field === field.value.number) this.#value.take(reader);
    }
  }
}
