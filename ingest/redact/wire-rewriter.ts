import { AnyValueReader, anyValueKinds } from '../otlp/any-value.js';
import { KeyValue } from '../otlp/common-fields.js';
import type { FieldType, MessageTable } from '../otlp/message-table.js';
import type { ByteWriter } from '../wire/byte-writer.js';
import { utf8 } from '../wire/utf8.js';
import { WireReader, wireTypes } from '../wire/wire-reader.js';

/** What is to be hidden. */
export interface Redaction {
  isSecretKey(key: string): boolean;
  secretValue(encoded: Uint8Array): string;
  text(bytes: Uint8Array, start: number, end: number): string | null;
  /** False when certainly nothing is to be hidden in a part. */
  mayHide(bytes: Uint8Array, start: number, end: number): boolean;
}

const lengthDelimited = 2;
const keyTag = 8 + lengthDelimited;
const valueTag = 16 + lengthDelimited;
const stringValueTag = 8 + lengthDelimited;
/** Below this many bytes no value rule finds anything; nor in the names of keys. */
const shortestSecret = 5;
/** Parts up to this size are looked at once more, since most of them can be copied whole. */
const worthLooking = 16 * 1024;
/** A level of an attribute value is three messages; what nests deeper than the decoder takes is refused by it anyway. */
const maxMessages = 400;

/** Numbers and booleans stay: `llm.token_count.prompt` is no secret. */
const hiddenKinds: readonly number[] = [
  anyValueKinds.string,
  anyValueKinds.bytes,
  anyValueKinds.array,
  anyValueKinds.kvlist,
];

/** Copies a request with its secrets replaced. */
export class WireRewriter {
  readonly #value = new AnyValueReader();
  readonly #fields = new Map<MessageTable, ReadonlyMap<number, FieldType>>();

  /** Throws a WireError when the bytes are no such message. */
  rewrite(bytes: Uint8Array, table: MessageTable, writer: ByteWriter, redaction: Redaction): void {
    this.#message(bytes, 0, bytes.length, table, writer, redaction, 0);
  }

  #message(
    bytes: Uint8Array,
    start: number,
    end: number,
    table: MessageTable,
    writer: ByteWriter,
    redaction: Redaction,
    depth: number,
  ): void {
    if (depth > maxMessages) {
      writer.copy(bytes, start, end);
      return;
    }
    if (table === KeyValue && this.#secretPair(bytes, start, end, writer, redaction)) return;
    const fields = this.#fieldsOf(table);
    const reader = new WireReader();
    reader.reset(bytes, start, end);
    for (let from = reader.position; reader.next(); from = reader.position) {
      if (reader.wireType !== wireTypes.bytes) {
        reader.skip();
        writer.copy(bytes, from, reader.position);
        continue;
      }
      reader.delimited();
      const type = fields.get(reader.field);
      const tag = reader.field * 8 + lengthDelimited;
      const isMessage = type?.kind === 'message' || type?.kind === 'repeated';
      const isSmall = reader.stop - reader.start < worthLooking;
      if (isMessage && !(isSmall && !redaction.mayHide(bytes, reader.start, reader.stop))) {
        writer.varint(tag);
        const bodyStart = writer.reserveLength();
        this.#message(bytes, reader.start, reader.stop, type.message(), writer, redaction, depth + 1);
        writer.fillLength(bodyStart);
      } else {
        const isText = type?.kind === 'string' && reader.stop - reader.start >= shortestSecret;
        const text = isText ? redaction.text(bytes, reader.start, reader.stop) : null;
        if (text === null) writer.copy(bytes, from, reader.position);
        else {
          writer.varint(tag);
          writer.string(text);
        }
      }
    }
  }

  /** Writes the pair with another value when its key is a secret's; of a repeated field the last counts. */
  #secretPair(
    bytes: Uint8Array,
    start: number,
    end: number,
    writer: ByteWriter,
    redaction: Redaction,
  ): boolean {
    const reader = new WireReader();
    reader.reset(bytes, start, end);
    let key = '';
    let valueStart = end;
    let valueStop = end;
    while (reader.next()) {
      if (reader.wireType !== wireTypes.bytes) {
        reader.skip();
        continue;
      }
      reader.delimited();
      if (reader.field === KeyValue.fields.key.number) key = utf8(bytes, reader.start, reader.stop);
      else if (reader.field === KeyValue.fields.value.number) {
        valueStart = reader.start;
        valueStop = reader.stop;
      }
    }
    if (!redaction.isSecretKey(key)) return false;
    this.#value.locate(bytes, valueStart, valueStop);
    if (!hiddenKinds.includes(this.#value.kind)) return false;
    writer.varint(keyTag);
    writer.string(key);
    writer.varint(valueTag);
    const bodyStart = writer.reserveLength();
    writer.varint(stringValueTag);
    writer.string(redaction.secretValue(bytes.subarray(valueStart, valueStop)));
    writer.fillLength(bodyStart);
    return true;
  }

  #fieldsOf(table: MessageTable): ReadonlyMap<number, FieldType> {
    const known = this.#fields.get(table);
    if (known !== undefined) return known;
    const fields = new Map(Object.values(table.fields).map(({ number, type }) => [number, type]));
    this.#fields.set(table, fields);
    return fields;
  }
}
