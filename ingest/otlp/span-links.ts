import type { ByteWriter } from '../wire/byte-writer.js';
import { WireReader, wireTypes } from '../wire/wire-reader.js';
import { SliceList } from './slice-list.js';
import { Link } from './trace-fields.js';

const field = Link.fields;

/** The links of the current span. */
export class SpanLinks {
  readonly #slices = new SliceList();
  /** The ids of each link that has both, one behind the other: trace id place, then span id place. */
  readonly #ids = new SliceList();
  readonly #reader = new WireReader();
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

  /**
   * Writes Array(Tuple(trace_id FixedString(16), span_id FixedString(8))) in RowBinary. A link whose ids have the
   * wrong length points nowhere and is left out.
   */
  writeArray(writer: ByteWriter): void {
    const ids = this.#ids;
    ids.clear();
    for (let index = 0; index < this.#slices.count; index++) this.#read(index);
    writer.varint(ids.count / 2);
    for (let index = 0; index < ids.count; index++)
      writer.copy(this.#bytes, ids.start(index), ids.end(index));
  }

  #read(index: number): void {
    const reader = this.#reader;
    reader.reset(this.#bytes, this.#slices.start(index), this.#slices.end(index));
    let traceStart = 0;
    let traceEnd = 0;
    let spanStart = 0;
    let spanEnd = 0;
    while (reader.next()) {
      if (reader.wireType !== wireTypes.bytes) {
        reader.skip();
        continue;
      }
      reader.delimited();
      if (reader.field === field.traceId.number) {
        traceStart = reader.start;
        traceEnd = reader.stop;
      } else if (reader.field === field.spanId.number) {
        spanStart = reader.start;
        spanEnd = reader.stop;
      }
    }
    if (traceEnd - traceStart !== 16 || spanEnd - spanStart !== 8) return;
    this.#ids.add(traceStart, traceEnd);
    this.#ids.add(spanStart, spanEnd);
  }
}
