import { Buffer } from 'node:buffer';
import type { ByteWriter } from '../wire/byte-writer.js';
import { type AnyValueReader, anyValueKinds } from './any-value.js';
import { writeJson } from './any-value-json.js';

/** Writes a value as text with its length: scalars as they read, bytes as base64, lists and maps as JSON. */
export function writeAnyValueText(
  writer: ByteWriter,
  value: AnyValueReader,
  scratch: ByteWriter,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  value.locate(bytes, start, end);
  switch (value.kind) {
    case anyValueKinds.string:
      writer.text(bytes, value.start, value.stop);
      return;
    case anyValueKinds.bool:
      writer.string(value.lo === 0 && value.hi === 0 ? 'false' : 'true');
      return;
    case anyValueKinds.int: {
      const at = writer.length;
      writer.u8(0);
      writer.int64Digits(value.lo, value.hi);
      writer.patch(at, writer.length - at - 1);
      return;
    }
    case anyValueKinds.double:
      writer.string(String(value.double()));
      return;
    case anyValueKinds.bytes:
      writer.string(Buffer.from(bytes.subarray(value.start, value.stop)).toString('base64'));
      return;
    case 0:
      writer.u8(0);
      return;
    default:
      scratch.clear();
      writeJson(scratch, bytes, start, end);
      writer.text(scratch.view(), 0, scratch.length);
  }
}
