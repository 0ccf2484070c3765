import type { RequestLimits } from '../limits/request-limits.js';
import type { ByteWriter } from '../wire/byte-writer.js';
import { WireReader, wireTypes } from '../wire/wire-reader.js';
import { AttributeList } from './attribute-list.js';
import { Exemplar } from './metric-fields.js';
import { NumberValue } from './number-value.js';
import { Slice } from './slice.js';
import { SliceList } from './slice-list.js';
import { UnixNano } from './unix-nano.js';

const field = Exemplar.fields;

/** The exemplars of the current point. */
export class PointExemplars {
  readonly #slices = new SliceList();
  readonly #reader = new WireReader();
  readonly #attributes: AttributeList;
  readonly #time = new UnixNano();
  readonly #value = new NumberValue();
  readonly #traceId = new Slice();
  readonly #spanId = new Slice();
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(limits: RequestLimits) {
    this.#attributes = new AttributeList(limits);
  }

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

  /** Writes Array(Tuple(at, value, trace_id, span_id, attributes)); an id of a wrong length points nowhere: zeros. */
  writeArray(writer: ByteWriter): void {
    writer.varint(this.#slices.count);
    for (let index = 0; index < this.#slices.count; index++) {
      this.#read(index);
      this.#time.write(writer);
      this.#value.writeDouble(writer);
      writeId(writer, this.#bytes, this.#traceId, 16);
      writeId(writer, this.#bytes, this.#spanId, 8);
      this.#attributes.writeMap(writer);
    }
  }

  #read(index: number): void {
    const reader = this.#reader;
    reader.reset(this.#bytes, this.#slices.start(index), this.#slices.end(index));
    this.#attributes.clear(this.#bytes);
    this.#time.clear();
    this.#value.clear();
    this.#traceId.set(0, 0);
    this.#spanId.set(0, 0);
    while (reader.next()) {
      if (reader.wireType === wireTypes.fixed64) {
        reader.fixed64();
        if (reader.field === field.timeUnixNano.number) this.#time.take(reader);
        else if (reader.field === field.asDouble.number) this.#value.take(reader, 'double');
        else if (reader.field === field.asInt.number) this.#value.take(reader, 'int');
      } else if (reader.wireType === wireTypes.bytes) {
        reader.delimited();
        if (reader.field === field.filteredAttributes.number) this.#attributes.add(reader);
        else if (reader.field === field.traceId.number) this.#traceId.set(reader.start, reader.stop);
        else if (reader.field === field.spanId.number) this.#spanId.set(reader.start, reader.stop);
      } else reader.skip();
    }
  }
}

/** Writes an id of a known length, zeros when it has another one. */
export function writeId(writer: ByteWriter, bytes: Uint8Array, id: Slice, length: number): void {
  if (id.length === length) writer.copy(bytes, id.start, id.end);
  else writer.zeros(length);
}
