import { Buffer } from 'node:buffer';
import type { ByteWriter } from '../wire/byte-writer.js';
import { utf8 } from '../wire/utf8.js';
import { WireError } from '../wire/wire-error.js';
import { maxDepth, wireTypes } from '../wire/wire-reader.js';
import { anyValueKinds, anyValueText } from './any-value.js';
import { NestedReaders } from './nested-readers.js';

/** Writes an AnyValue as JSON: how lists and maps are kept in an attribute map of plain texts. */
export function writeJson(
  writer: ByteWriter,
  bytes: Uint8Array,
  start: number,
  end: number,
  readers = new NestedReaders(),
  depth = 0,
): void {
  if (depth > maxDepth) throw new WireError('nesting-too-deep', start, 'An attribute value nests too deeply');
  const { value } = readers;
  value.locate(bytes, start, end);
  switch (value.kind) {
    case 0:
      writer.rawString('null');
      return;
    case anyValueKinds.bool:
    case anyValueKinds.int:
      writer.rawString(anyValueText(value, bytes));
      return;
    case anyValueKinds.double: {
      const number = value.double();
      writer.rawString(Number.isFinite(number) ? String(number) : `"${number}"`);
      return;
    }
    case anyValueKinds.bytes:
      writer.rawString(`"${Buffer.from(bytes.subarray(value.start, value.stop)).toString('base64')}"`);
      return;
    case anyValueKinds.string:
      writer.jsonText(bytes, value.start, value.stop);
      return;
    default:
      writeList(writer, bytes, value.start, value.stop, readers, depth, value.kind === anyValueKinds.kvlist);
  }
}

/** ArrayValue and KeyValueList both hold their elements in field 1. */
function writeList(
  writer: ByteWriter,
  bytes: Uint8Array,
  start: number,
  end: number,
  readers: NestedReaders,
  depth: number,
  isMap: boolean,
): void {
  const reader = readers.list;
  reader.reset(bytes, start, end);
  writer.u8(isMap ? 0x7b : 0x5b);
  let first = true;
  while (reader.next()) {
    if (reader.field !== 1 || reader.wireType !== wireTypes.bytes) {
      reader.skip();
      continue;
    }
    reader.delimited();
    if (!first) writer.u8(0x2c);
    first = false;
    if (isMap) writePair(writer, bytes, reader.start, reader.stop, readers, depth);
    else writeJson(writer, bytes, reader.start, reader.stop, readers.inner, depth + 1);
  }
  writer.u8(isMap ? 0x7d : 0x5d);
}

function writePair(
  writer: ByteWriter,
  bytes: Uint8Array,
  start: number,
  end: number,
  readers: NestedReaders,
  depth: number,
): void {
  const reader = readers.pair;
  reader.reset(bytes, start, end);
  let key = '';
  let valueStart = end;
  let valueStop = end;
  while (reader.next()) {
    if (reader.wireType !== wireTypes.bytes || reader.field > 2) {
      reader.skip();
      continue;
    }
    reader.delimited();
    if (reader.field === 1) key = utf8(bytes, reader.start, reader.stop);
    else {
      valueStart = reader.start;
      valueStop = reader.stop;
    }
  }
  writer.rawString(`${JSON.stringify(key)}:`);
  writeJson(writer, bytes, valueStart, valueStop, readers.inner, depth + 1);
}
