import { Buffer } from 'node:buffer';
import type { ByteWriter } from '../wire/byte-writer.js';
import { type AnyValueReader, anyValueKinds } from './any-value.js';
import { writeJson } from './any-value-json.js';
import type { NestedReaders } from './nested-readers.js';

const quote = 0x22;

/** What lists and maps are written with. */
type Nested = { readonly scratch: ByteWriter; readonly readers: NestedReaders };

/** Writes the text of a value, the same as in a map of texts, as a JSON string. */
export function writeAnyValueQuoted(
  writer: ByteWriter,
  value: AnyValueReader,
  nested: Nested,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  value.locate(bytes, start, end);
  switch (value.kind) {
    case anyValueKinds.string:
      writer.jsonText(bytes, value.start, value.stop);
      return;
    case anyValueKinds.bool:
      writer.ascii(value.lo === 0 && value.hi === 0 ? '"false"' : '"true"');
      return;
    case anyValueKinds.int:
      writer.u8(quote);
      writer.int64Digits(value.lo, value.hi);
      writer.u8(quote);
      return;
    case anyValueKinds.double:
      writer.ascii(`"${value.double()}"`);
      return;
    case anyValueKinds.bytes:
      writer.ascii(`"${Buffer.from(bytes.subarray(value.start, value.stop)).toString('base64')}"`);
      return;
    case 0:
      writer.ascii('""');
      return;
    default:
      nested.scratch.clear();
      writeJson(nested.scratch, bytes, start, end, nested.readers);
      writer.jsonText(nested.scratch.view(), 0, nested.scratch.length);
  }
}
