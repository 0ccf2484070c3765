import type { AnyKey } from '../classify/any-key.js';
import type { AttributeReader, KnownKey } from '../classify/known-keys.js';
import { cutText } from '../limits/cut-text.js';
import type { RequestLimits } from '../limits/request-limits.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { type WireReader, wireTypes } from '../wire/wire-reader.js';
import { AnyValueReader, anyValueKinds, anyValueText } from './any-value.js';
import { cutAnyValue } from './any-value-cut.js';
import { writeAnyValueQuoted } from './any-value-quoted.js';
import { writeAnyValueText } from './any-value-row.js';
import { type AttributeShape, ShapeTree } from './attribute-shape.js';
import { KeyValue } from './common-fields.js';
import { findSlot, slotOf } from './known-key-index.js';
import { NestedReaders } from './nested-readers.js';
import { RepeatedTexts } from './repeated-texts.js';

const keyField = KeyValue.fields.key.number;
const valueField = KeyValue.fields.value.number;
/** The pairs of a KeyValueList, and the values of an ArrayValue. */
const valuesField = 1;
/** Offsets kept of each attribute: key start and end, value start and end. */
const stride = 4;
const textLengthBytes = 5;
const listStart = 0x5b;
const listComma = 0x2c;
const listEnd = 0x5d;

/** The attributes of one resource, span or event as offsets into the payload. Reused, never allocated per span. */
export class AttributeList implements AttributeReader {
  count = 0;
  /** Left out because of a limit. */
  dropped = 0;
  bytes: Uint8Array = new Uint8Array(0);
  #offsets = new Int32Array(32 * stride);
  readonly #shapes = new ShapeTree();
  /** The keys in their order. */
  shape: AttributeShape = this.#shapes.root;
  /** A value may be over the limit, so that all are looked at when they are written. */
  hasLong = false;
  readonly #limits: RequestLimits;
  readonly #value = new AnyValueReader();
  readonly #texts = new RepeatedTexts();
  readonly #nested = { scratch: new ByteWriter(), readers: new NestedReaders() };

  constructor(limits: RequestLimits) {
    this.#limits = limits;
  }

  clear(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.count = 0;
    this.dropped = 0;
    this.hasLong = false;
    this.#limits.nextItem();
    this.shape = this.#shapes.begin();
  }

  /** Takes the KeyValue the reader delimited last. */
  add(reader: WireReader): void {
    const outerEnd = reader.enter();
    let keyStart = reader.end;
    let keyEnd = keyStart;
    let valueStart = keyStart;
    let valueEnd = keyStart;
    while (reader.next()) {
      if (reader.wireType !== wireTypes.bytes) {
        reader.skip();
        continue;
      }
      reader.delimited();
      if (reader.field === keyField) {
        keyStart = reader.start;
        keyEnd = reader.stop;
      } else if (reader.field === valueField) {
        valueStart = reader.start;
        valueEnd = reader.stop;
      }
    }
    reader.leave(outerEnd);
    let shape = this.shape.with(this.bytes, keyStart, keyEnd);
    const isKnown = shape === null ? this.#isKnown(keyStart, keyEnd) : shape.newSlot !== -1;
    // What classification asks for is kept even behind the limit.
    if (!isKnown && !this.#limits.admitsAttribute(this.count, this.bytes, keyStart, keyEnd)) {
      this.dropped++;
      return;
    }
    shape ??= this.#shapes.grow(this.shape, this.bytes, keyStart, keyEnd);
    this.shape = shape;
    const at = this.count * stride;
    if (at === this.#offsets.length) this.#grow();
    const offsets = this.#offsets;
    offsets[at] = keyStart;
    offsets[at + 1] = keyEnd;
    offsets[at + 2] = valueStart;
    offsets[at + 3] = valueEnd;
    if (valueEnd - valueStart > this.#limits.settings.valueBytes) this.hasLong = true;
    this.count++;
  }

  /** Writes all values as they came, each with its length; stops and answers false when they are more than `mostBytes`. */
  writeAll(writer: ByteWriter, mostBytes: number): boolean {
    for (let place = 0; place < this.count; place++) {
      const start = this.valueStart(place);
      const end = this.valueEnd(place);
      if (writer.length + end - start > mostBytes) return false;
      writer.varint(end - start);
      writer.copy(this.bytes, start, end);
    }
    return true;
  }

  /** Writes a Map(String, String) in RowBinary. */
  writeMap(writer: ByteWriter): void {
    writer.varint(this.count);
    const offsets = this.#offsets;
    for (let at = 0; at < this.count * stride; at += stride) {
      writer.text(this.bytes, offsets[at] ?? 0, offsets[at + 1] ?? 0);
      this.#writeText(writer, offsets[at + 2] ?? 0, offsets[at + 3] ?? 0);
    }
  }

  /** Writes the keys as a JSON list in a text; no attributes are no text. */
  writeKeys(writer: ByteWriter): void {
    writer.append(this.shape.row(this.#shapes.took));
  }

  /** Writes the values, as texts, as a JSON list in the order of the keys. */
  writeValues(writer: ByteWriter): void {
    if (this.count === 0) {
      writer.u8(0);
      return;
    }
    const bodyStart = writer.reserveLength(textLengthBytes);
    const offsets = this.#offsets;
    for (let at = 0; at < this.count * stride; at += stride) {
      writer.u8(at === 0 ? listStart : listComma);
      this.#writeQuoted(writer, offsets[at + 2] ?? 0, offsets[at + 3] ?? 0);
    }
    writer.u8(listEnd);
    writer.fillLength(bodyStart, textLengthBytes);
  }

  /** Adds the pairs of a map that is the value of a key; nothing when it is absent or no map. */
  addNested(key: KnownKey, into: AttributeList): void {
    if (!this.#locate(key) || this.#value.kind !== anyValueKinds.kvlist) return;
    const { reader, start, stop } = this.#value;
    reader.reset(this.bytes, start, stop);
    while (reader.next()) {
      if (reader.field === valuesField && reader.wireType === wireTypes.bytes) {
        reader.delimited();
        into.add(reader);
      } else reader.skip();
    }
  }

  has(key: KnownKey): boolean {
    return this.placeOf(key) !== -1;
  }

  /** Which attribute has the key, -1 when none has. */
  placeOf(key: KnownKey): number {
    return this.shape.placeOf(slotOf(key));
  }

  /** The encoded value at a place is [valueStart, valueEnd) of the bytes. */
  valueStart(place: number): number {
    return this.#offsets[place * stride + 2] ?? 0;
  }

  valueEnd(place: number): number {
    return this.#offsets[place * stride + 3] ?? 0;
  }

  text(key: KnownKey): string | null {
    if (!this.#locate(key)) return null;
    const { start, stop, kind } = this.#value;
    const { valueBytes } = this.#limits.settings;
    if (kind === anyValueKinds.string && stop - start > valueBytes) {
      return cutText(this.bytes, start, stop, valueBytes);
    }
    const text =
      kind === anyValueKinds.string
        ? this.#texts.of(this.bytes, start, stop)
        : anyValueText(this.#value, this.bytes);
    return text === '' ? null : text;
  }

  /** Writes the text of a key without making a string of it; false, and nothing is written, when it is absent or empty. */
  writeText(key: KnownKey, writer: ByteWriter): boolean {
    if (!this.#locate(key)) return false;
    const { start, stop, kind } = this.#value;
    const isPlain = kind === anyValueKinds.string && stop - start <= this.#limits.settings.valueBytes;
    if (isPlain && stop > start) writer.text(this.bytes, start, stop);
    else {
      const text = this.text(key);
      if (text === null) return false;
      writer.string(text);
    }
    return true;
  }

  /** The first text of a list, or the text itself; null when absent or empty. */
  firstText(key: KnownKey): string | null {
    if (!this.#locate(key)) return null;
    const value = this.#value;
    if (value.kind !== anyValueKinds.array) return anyValueText(value, this.bytes) || null;
    const { reader } = value;
    reader.reset(this.bytes, value.start, value.stop);
    if (!reader.next() || reader.field !== valuesField || reader.wireType !== wireTypes.bytes) return null;
    reader.delimited();
    value.locate(this.bytes, reader.start, reader.stop);
    return anyValueText(value, this.bytes) || null;
  }

  number(key: KnownKey): number | null {
    if (!this.#locate(key)) return null;
    const value = this.#value;
    if (value.kind === anyValueKinds.int) return value.integer();
    const text = anyValueText(value, this.bytes).trim();
    const number = text === '' ? Number.NaN : Number(text);
    return Number.isFinite(number) ? number : null;
  }

  flag(key: KnownKey): boolean | null {
    const text = this.text(key)?.toLowerCase();
    if (text === 'true' || text === '1') return true;
    return text === 'false' || text === '0' ? false : null;
  }

  find({ bytes: wanted }: AnyKey): string | null {
    const offsets = this.#offsets;
    for (let at = 0; at < this.count * stride; at += stride) {
      const start = offsets[at] ?? 0;
      if ((offsets[at + 1] ?? 0) - start !== wanted.length) continue;
      let index = 0;
      while (index < wanted.length && wanted[index] === this.bytes[start + index]) index++;
      if (index !== wanted.length) continue;
      this.#value.locate(this.bytes, offsets[at + 2] ?? 0, offsets[at + 3] ?? 0);
      this.#value.unwrap();
      return anyValueText(this.#value, this.bytes) || null;
    }
    return null;
  }

  #isKnown(keyStart: number, keyEnd: number): boolean {
    const slot = findSlot(this.bytes, keyStart, keyEnd);
    return slot !== -1 && this.shape.placeOf(slot) === -1;
  }

  #locate(key: KnownKey): boolean {
    const place = this.placeOf(key);
    if (place === -1) return false;
    this.#value.locate(this.bytes, this.valueStart(place), this.valueEnd(place));
    return true;
  }

  #writeText(writer: ByteWriter, start: number, end: number): void {
    const cut = this.hasLong ? this.#cutText(start, end) : null;
    if (cut !== null) writer.string(cut);
    else writeAnyValueText(writer, this.#value, this.#nested.scratch, this.bytes, start, end);
  }

  #writeQuoted(writer: ByteWriter, start: number, end: number): void {
    const cut = this.hasLong ? this.#cutText(start, end) : null;
    if (cut !== null) writer.rawString(JSON.stringify(cut));
    else writeAnyValueQuoted(writer, this.#value, this.#nested, this.bytes, start, end);
  }

  /** The beginning of a value whose text is over the limit; null when it is not. */
  #cutText(start: number, end: number): string | null {
    const { valueBytes } = this.#limits.settings;
    if (end - start <= valueBytes) return null;
    const cut = cutAnyValue(this.#value, this.#nested.scratch, this.bytes, start, end, valueBytes);
    if (cut !== null) this.#limits.count('valueBytes');
    return cut;
  }

  #grow(): void {
    const grown = new Int32Array(this.#offsets.length * 2);
    grown.set(this.#offsets);
    this.#offsets = grown;
  }
}
