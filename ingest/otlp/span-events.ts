import { Buffer } from 'node:buffer';
import type { ThrownError } from '../classify/span-facts.js';
import type { RequestLimits } from '../limits/request-limits.js';
import type { ByteWriter } from '../wire/byte-writer.js';
import { WireReader, wireTypes } from '../wire/wire-reader.js';
import { AttributeList } from './attribute-list.js';
import { SliceList } from './slice-list.js';
import { Event } from './trace-fields.js';

const field = Event.fields;
const exceptionName = Buffer.from('exception');

export type RecordedException = ThrownError & {
  readonly stack: string;
  readonly timeLo: number;
  readonly timeHi: number;
};

/** The events of the current span. */
export class SpanEvents {
  readonly #slices = new SliceList();
  readonly #limits: RequestLimits;
  readonly #attributes: AttributeList;
  readonly #reader = new WireReader();
  #bytes: Uint8Array = new Uint8Array(0);
  #nameStart = 0;
  #nameEnd = 0;
  #timeLo = 0;
  #timeHi = 0;

  constructor(limits: RequestLimits) {
    this.#limits = limits;
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

  /** Writes Array(Tuple(at DateTime64(9), name String, attributes Map(String, String))) in RowBinary. */
  writeArray(writer: ByteWriter): void {
    writer.varint(this.#slices.count);
    for (let index = 0; index < this.#slices.count; index++) {
      this.#read(index);
      writer.u64(this.#timeLo, this.#timeHi & 0x7fffffff);
      this.#limits.writeText(writer, 'nameBytes', this.#bytes, this.#nameStart, this.#nameEnd);
      this.#attributes.writeMap(writer);
    }
  }

  /** The last exception is the one that ended the span; earlier ones may have been handled. */
  exception(): ThrownError | null {
    for (let index = this.#slices.count - 1; index >= 0; index--) {
      this.#read(index);
      if (!this.#isException()) continue;
      return {
        type: this.#attributes.text('exception.type') ?? '',
        message: this.#attributes.text('exception.message') ?? '',
        escaped: this.#attributes.flag('exception.escaped'),
      };
    }
    return null;
  }

  /** Every exception in the order it was recorded. */
  exceptions(): RecordedException[] {
    const found: RecordedException[] = [];
    for (let index = 0; index < this.#slices.count; index++) {
      this.#read(index);
      if (!this.#isException()) continue;
      found.push({
        type: this.#attributes.text('exception.type') ?? '',
        message: this.#attributes.text('exception.message') ?? '',
        stack: this.#attributes.text('exception.stacktrace') ?? '',
        escaped: this.#attributes.flag('exception.escaped'),
        timeLo: this.#timeLo,
        timeHi: this.#timeHi,
      });
    }
    return found;
  }

  #isException(): boolean {
    const length = this.#nameEnd - this.#nameStart;
    if (length !== exceptionName.length) return false;
    return exceptionName.every((byte, index) => byte === this.#bytes[this.#nameStart + index]);
  }

  #read(index: number): void {
    const reader = this.#reader;
    reader.reset(this.#bytes, this.#slices.start(index), this.#slices.end(index));
    this.#attributes.clear(this.#bytes);
    this.#nameStart = 0;
    this.#nameEnd = 0;
    this.#timeLo = 0;
    this.#timeHi = 0;
    while (reader.next()) {
      if (reader.wireType === wireTypes.bytes) {
        reader.delimited();
        if (reader.field === field.attributes.number) this.#attributes.add(reader);
        else if (reader.field === field.name.number) {
          this.#nameStart = reader.start;
          this.#nameEnd = reader.stop;
        }
      } else if (reader.wireType === wireTypes.fixed64 && reader.field === field.timeUnixNano.number) {
        reader.fixed64();
        this.#timeLo = reader.lo;
        this.#timeHi = reader.hi;
      } else reader.skip();
    }
  }
}
