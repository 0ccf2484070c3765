import { utf8 } from '../wire/utf8.js';
import { WireReader, wireTypes } from '../wire/wire-reader.js';
import { AnyValue } from './common-fields.js';

const kinds = {
  string: AnyValue.fields.stringValue.number,
  bool: AnyValue.fields.boolValue.number,
  int: AnyValue.fields.intValue.number,
  double: AnyValue.fields.doubleValue.number,
  array: AnyValue.fields.arrayValue.number,
  kvlist: AnyValue.fields.kvlistValue.number,
  bytes: AnyValue.fields.bytesValue.number,
} as const;

export const anyValueKinds = kinds;

/** The items of an ArrayValue. */
const itemField = 1;

const wireTypeOf: readonly number[] = [
  -1,
  wireTypes.bytes,
  wireTypes.varint,
  wireTypes.varint,
  wireTypes.fixed64,
  wireTypes.bytes,
  wireTypes.bytes,
  wireTypes.bytes,
];

const shortTextTag = kinds.string * 8 + wireTypes.bytes;
const doubleBits = new DataView(new ArrayBuffer(8));

/** Reads one AnyValue: `kind` says which value was set last (0 is none), the reader holds it. */
export class AnyValueReader {
  readonly reader = new WireReader();
  kind = 0;
  start = 0;
  stop = 0;
  lo = 0;
  hi = 0;

  locate(bytes: Uint8Array, start: number, end: number): void {
    // Nearly every value is one text of less than 128 bytes.
    if (bytes[start] === shortTextTag && bytes[start + 1] === end - start - 2 && end - start < 130) {
      this.kind = kinds.string;
      this.start = start + 2;
      this.stop = end;
      return;
    }
    const { reader } = this;
    reader.reset(bytes, start, end);
    this.kind = 0;
    while (reader.next()) {
      const { field, wireType } = reader;
      if (wireTypeOf[field] !== wireType) {
        reader.skip();
        continue;
      }
      if (wireType === wireTypes.bytes) {
        reader.delimited();
        this.start = reader.start;
        this.stop = reader.stop;
      } else {
        if (wireType === wireTypes.varint) reader.varint();
        else reader.fixed64();
        this.lo = reader.lo;
        this.hi = reader.hi;
      }
      this.kind = field;
    }
  }

  /** Goes on to the item when the value is a list of exactly one. */
  unwrap(): void {
    if (this.kind !== kinds.array) return;
    const { reader, start, stop } = this;
    let count = 0;
    reader.reset(reader.bytes, start, stop);
    while (reader.next()) {
      if (reader.field === itemField && reader.wireType === wireTypes.bytes) {
        reader.delimited();
        count++;
      } else reader.skip();
    }
    if (count === 1) this.locate(reader.bytes, reader.start, reader.stop);
  }

  double(): number {
    doubleBits.setUint32(0, this.lo, true);
    doubleBits.setUint32(4, this.hi, true);
    return doubleBits.getFloat64(0, true);
  }

  /** As near as a JavaScript number comes. */
  integer(): number {
    return (this.hi | 0) * 4294967296 + this.lo;
  }
}

/** A scalar as text, for the few values that classification reads; lists, maps and bytes answer ''. */
export function anyValueText(value: AnyValueReader, bytes: Uint8Array): string {
  switch (value.kind) {
    case kinds.string:
      return utf8(bytes, value.start, value.stop);
    case kinds.bool:
      return value.lo === 0 && value.hi === 0 ? 'false' : 'true';
    case kinds.int:
      return BigInt.asIntN(64, (BigInt(value.hi) << 32n) | BigInt(value.lo)).toString();
    case kinds.double:
      return String(value.double());
    default:
      return '';
  }
}
