import type { AttributeReader, KnownKey } from '../classify/known-keys.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { type WireReader, wireTypes } from '../wire/wire-reader.js';
import { AnyValueReader, anyValueKinds, anyValueText } from './any-value.js';
import { writeAnyValueText } from './any-value-row.js';
import { KeyValue } from './common-fields.js';
import { findSlot, knownKeyCount, slotOf } from './known-key-index.js';

const keyField = KeyValue.fields.key.number;
const valueField = KeyValue.fields.value.number;
/** The pairs of a KeyValueList. */
const valuesField = 1;
/** Offsets kept of each attribute: key start and end, value start and end. */
const stride = 4;
/** Far above the SDK limit of 128; keeps a hostile payload from growing the offsets without end. */
const maxAttributes = 10_000;

/** The attributes of one resource, span or event as offsets into the payload. Reused, never allocated per span. */
export class AttributeList implements AttributeReader {
  count = 0;
  /** More than anyone reads were sent; what carries this list is refused. */
  overflowed = false;
  #bytes: Uint8Array = new Uint8Array(0);
  #offsets = new Int32Array(32 * stride);
  readonly #slots = new Int32Array(knownKeyCount).fill(-1);
  #hasKnown = false;
  readonly #value = new AnyValueReader();
  readonly #scratch = new ByteWriter();

  clear(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.count = 0;
    this.overflowed = false;
    if (this.#hasKnown) this.#slots.fill(-1);
    this.#hasKnown = false;
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
    if (this.count === maxAttributes) {
      this.overflowed = true;
      return;
    }
    const at = this.count * stride;
    if (at === this.#offsets.length) this.#grow();
    const offsets = this.#offsets;
    offsets[at] = keyStart;
    offsets[at + 1] = keyEnd;
    offsets[at + 2] = valueStart;
    offsets[at + 3] = valueEnd;
    const slot = findSlot(this.#bytes, keyStart, keyEnd);
    if (slot !== -1 && this.#slots[slot] === -1) {
      this.#slots[slot] = this.count;
      this.#hasKnown = true;
    }
    this.count++;
  }

  /** Writes a Map(String, String) in RowBinary. */
  writeMap(writer: ByteWriter): void {
    writer.varint(this.count);
    const offsets = this.#offsets;
    for (let at = 0; at < this.count * stride; at += stride) {
      writer.text(this.#bytes, offsets[at] ?? 0, offsets[at + 1] ?? 0);
      const start = offsets[at + 2] ?? 0;
      writeAnyValueText(writer, this.#value, this.#scratch, this.#bytes, start, offsets[at + 3] ?? 0);
    }
  }

  /** Adds the pairs of a map that is the value of a key; nothing when it is absent or no map. */
  addNested(key: KnownKey, into: AttributeList): void {
    if (!this.#locate(key) || this.#value.kind !== anyValueKinds.kvlist) return;
    const { reader, start, stop } = this.#value;
    reader.reset(this.#bytes, start, stop);
    while (reader.next()) {
      if (reader.field === valuesField && reader.wireType === wireTypes.bytes) {
        reader.delimited();
        into.add(reader);
      } else reader.skip();
    }
  }

  has(key: KnownKey): boolean {
    return this.#hasKnown && this.#slots[slotOf(key)] !== -1;
  }

  text(key: KnownKey): string | null {
    if (!this.#locate(key)) return null;
    const text = anyValueText(this.#value, this.#bytes);
    return text === '' ? null : text;
  }

  number(key: KnownKey): number | null {
    if (!this.#locate(key)) return null;
    const value = this.#value;
    if (value.kind === anyValueKinds.int) return value.integer();
    const text = anyValueText(value, this.#bytes).trim();
    const number = text === '' ? Number.NaN : Number(text);
    return Number.isFinite(number) ? number : null;
  }

  flag(key: KnownKey): boolean | null {
    const text = this.text(key)?.toLowerCase();
    if (text === 'true' || text === '1') return true;
    return text === 'false' || text === '0' ? false : null;
  }

  #locate(key: KnownKey): boolean {
    if (!this.#hasKnown) return false;
    const index = this.#slots[slotOf(key)] ?? -1;
    if (index === -1) return false;
    const at = index * stride;
    this.#value.locate(this.#bytes, this.#offsets[at + 2] ?? 0, this.#offsets[at + 3] ?? 0);
    return true;
  }

  #grow(): void {
    const grown = new Int32Array(this.#offsets.length * 2);
    grown.set(this.#offsets);
    this.#offsets = grown;
  }
}
