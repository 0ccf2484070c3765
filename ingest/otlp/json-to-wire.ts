import { Buffer } from 'node:buffer';
import type { ByteWriter } from '../wire/byte-writer.js';
import { WireError } from '../wire/wire-error.js';
import { wireTypes } from '../wire/wire-reader.js';
import { JsonDecimal } from './json-decimal.js';
import { writeScalarList } from './json-list.js';
import { doubleOf, enumOf, integerOf, stringOf, writeId } from './json-scalar.js';
import { JsonScanner, type JsonToken } from './json-scanner.js';
import type { Field, MessageTable } from './message-table.js';
import { RepeatedTexts } from './repeated-texts.js';

/**
 * Rewrites OTLP/JSON as protobuf bytes in one pass, so that everything behind it exists once. Lenient as senders need
 * it: snake_case keys, numbers or texts for 64-bit integers, {low, high} pairs, names of enums. A field whose value has
 * the wrong type is left out and counted; a wrong type where items are listed refuses the request.
 */
export class JsonTranscoder {
  readonly #scanner = new JsonScanner();
  readonly #lookups = new Map<MessageTable, Map<string, Field>>();
  /** Making a string of each key takes a fifth of the time. */
  readonly #keys = new RepeatedTexts();
  readonly #decimal = new JsonDecimal();
  #ignoredFields = 0;

  /** Appends the message to `writer`; answers how many fields had a value of the wrong type. */
  transcode(json: Uint8Array, table: MessageTable, writer: ByteWriter): number {
    const scanner = this.#scanner;
    scanner.reset(json);
    this.#ignoredFields = 0;
    if (scanner.token() !== 'object') {
      throw new WireError('wrong-shape', 0, `The body is not a JSON object but must be an ${table.name}`);
    }
    this.#object(table, writer, 0);
    scanner.finish();
    return this.#ignoredFields;
  }

  #object(table: MessageTable, writer: ByteWriter, depth: number): void {
    const scanner = this.#scanner;
    scanner.checkDepth(depth);
    const lookup = this.#lookup(table);
    for (let isFirst = true; scanner.key(isFirst); isFirst = false) {
      const { bytes, start, stop, escaped } = scanner;
      const field = lookup.get(escaped ? stringOf(scanner) : this.#keys.of(bytes, start, stop));
      const token = scanner.token();
      if (field === undefined || token === 'null') scanner.skip(token, depth + 1);
      else this.#value(field, token, writer, depth + 1);
    }
  }

  #value(field: Field, token: JsonToken, writer: ByteWriter, depth: number): void {
    const { type, number } = field;
    if (type.kind === 'repeated') {
      if (token !== 'array') this.#wrong(token, type.message(), depth);
      else this.#list(number, type.message(), writer, depth);
    } else if (type.kind === 'message') {
      if (token !== 'object') this.#wrong(token, type.message(), depth);
      else this.#message(number, type.message(), writer, depth);
    } else if (type.kind === 'list' && token === 'array') {
      if (!writeScalarList(this.#scanner, number, type.of, writer, depth)) this.#ignoredFields++;
    } else if (token === 'object' && (type.kind === 'fixed64' || type.kind === 'int64')) {
      this.#lowHigh(number, type.kind, writer, depth);
    } else if (token === 'object' || token === 'array' || !this.#scalar(field, token, writer)) {
      this.#ignoredFields++;
      this.#scanner.skip(token, depth);
    }
  }

  #list(number: number, table: MessageTable, writer: ByteWriter, depth: number): void {
    const scanner = this.#scanner;
    for (let isFirst = true; scanner.element(isFirst); isFirst = false) {
      const token = scanner.token();
      if (token === 'object') this.#message(number, table, writer, depth + 1);
      else if (token !== 'null') this.#wrong(token, table, depth + 1);
      // An empty AnyValue is a value too: [1, null, 2] has three elements.
      else if (table.name === 'AnyValue') {
        tag(writer, number, wireTypes.bytes);
        writer.u8(0);
      }
    }
  }

  #message(number: number, table: MessageTable, writer: ByteWriter, depth: number): void {
    tag(writer, number, wireTypes.bytes);
    const start = writer.reserveLength();
    this.#object(table, writer, depth);
    writer.fillLength(start);
  }

  /** Between the envelope and its items a wrong type makes the request unreadable; below, one field is lost. */
  #wrong(token: JsonToken, table: MessageTable, depth: number): void {
    if (envelopes.has(table.name)) {
      throw new WireError(
        'wrong-shape',
        this.#scanner.position,
        `Instead of ${table.name} there is a ${token}`,
      );
    }
    this.#ignoredFields++;
    this.#scanner.skip(token, depth);
  }

  #scalar({ number, type }: Field, token: JsonToken, writer: ByteWriter): boolean {
    const scanner = this.#scanner;
    switch (type.kind) {
      case 'string':
        tag(writer, number, wireTypes.bytes);
        if (token === 'string' && scanner.escaped) writer.string(stringOf(scanner));
        else if (token === 'string' || token === 'number')
          writer.text(scanner.bytes, scanner.start, scanner.stop);
        else writer.string(token);
        return true;
      case 'bool': {
        const text = token === 'string' ? stringOf(scanner).toLowerCase() : token;
        if (text !== 'true' && text !== 'false') return false;
        tag(writer, number, wireTypes.varint);
        writer.u8(text === 'true' ? 1 : 0);
        return true;
      }
      case 'double': {
        const value = doubleOf(scanner, token);
        if (value === null) return false;
        tag(writer, number, wireTypes.fixed64);
        writer.f64(value);
        return true;
      }
      case 'id':
        if (token !== 'string') return false;
        tag(writer, number, wireTypes.bytes);
        writeId(scanner, writer);
        return true;
      case 'bytes': {
        if (token !== 'string') return false;
        const bytes = Buffer.from(stringOf(scanner), 'base64');
        tag(writer, number, wireTypes.bytes);
        writer.varint(bytes.length);
        writer.copy(bytes, 0, bytes.length);
        return true;
      }
      case 'enum': {
        if (this.#isDecimal(token)) return this.#decimalAs('int64', number, writer);
        const value = enumOf(scanner, token, type.names, type.prefix);
        return value !== null && integer(writer, number, 'int64', BigInt(value));
      }
      case 'sint32': {
        const value = integerOf(scanner, token);
        return value !== null && integer(writer, number, 'uint32', zigzag(value));
      }
      case 'int64':
      case 'uint32':
      case 'fixed32':
      case 'fixed64': {
        if (this.#isDecimal(token)) return this.#decimalAs(type.kind, number, writer);
        const value = integerOf(scanner, token);
        return value !== null && integer(writer, number, type.kind, value);
      }
      default:
        return false;
    }
  }

  /** Nearly every number is nothing but digits, sent as a number or as a text. */
  #isDecimal(token: JsonToken): boolean {
    const { bytes, start, stop } = this.#scanner;
    return (token === 'number' || token === 'string') && this.#decimal.read(bytes, start, stop);
  }

  #decimalAs(kind: IntegerKind, number: number, writer: ByteWriter): true {
    halves(writer, number, kind, this.#decimal.lo, this.#decimal.hi);
    return true;
  }

  /** Exporters of 2023 wrote times as {"low": …, "high": …}, both signed 32-bit. */
  #lowHigh(number: number, kind: 'fixed64' | 'int64', writer: ByteWriter, depth: number): void {
    const scanner = this.#scanner;
    let low: bigint | null = null;
    let high: bigint | null = null;
    for (let isFirst = true; scanner.key(isFirst); isFirst = false) {
      const key = stringOf(scanner);
      const token = scanner.token();
      if (key === 'low') low = integerOf(scanner, token);
      if (key === 'high') high = integerOf(scanner, token);
      scanner.skip(token, depth + 1);
    }
    if (low === null || high === null) this.#ignoredFields++;
    else integer(writer, number, kind, (BigInt.asUintN(32, high) << 32n) | BigInt.asUintN(32, low));
  }

  #lookup(table: MessageTable): Map<string, Field> {
    const known = this.#lookups.get(table);
    if (known !== undefined) return known;
    const lookup = new Map<string, Field>();
    for (const [name, field] of Object.entries(table.fields)) {
      lookup.set(name, field);
      lookup.set(
        name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        field,
      );
    }
    this.#lookups.set(table, lookup);
    return lookup;
  }
}

const envelopes = new Set([
  ...['ResourceSpans', 'ScopeSpans', 'Span', 'ResourceLogs', 'ScopeLogs', 'LogRecord'],
  ...['ResourceMetrics', 'ScopeMetrics', 'Metric'],
  ...['Gauge', 'Sum', 'Histogram', 'ExponentialHistogram', 'Summary'],
  ...['NumberDataPoint', 'HistogramDataPoint', 'ExponentialHistogramDataPoint', 'SummaryDataPoint'],
]);

/** Small negative numbers as small positive ones, of 32 bits. */
function zigzag(value: bigint): bigint {
  const signed = BigInt.asIntN(32, value);
  return BigInt.asUintN(32, (signed << 1n) ^ (signed >> 31n));
}

function tag(writer: ByteWriter, number: number, wireType: number): void {
  writer.varint(number * 8 + wireType);
}

type IntegerKind = 'int64' | 'uint32' | 'fixed32' | 'fixed64';

function integer(writer: ByteWriter, number: number, kind: IntegerKind, value: bigint): true {
  const bits = BigInt.asUintN(64, value);
  halves(writer, number, kind, Number(bits & 0xffffffffn), Number(bits >> 32n));
  return true;
}

function halves(writer: ByteWriter, number: number, kind: IntegerKind, lo: number, hi: number): void {
  if (kind === 'fixed64') {
    tag(writer, number, wireTypes.fixed64);
    writer.u64(lo, hi);
  } else if (kind === 'fixed32') {
    tag(writer, number, wireTypes.fixed32);
    writer.u32(lo);
  } else {
    tag(writer, number, wireTypes.varint);
    writer.varint64(lo, hi);
  }
}
