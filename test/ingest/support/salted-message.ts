import { Buffer } from 'node:buffer';
import protobuf from 'protobufjs';
import { delimited } from './sample-firehose.js';

/** A group that holds a varint, field 950. */
const group = Buffer.from([0xb3, 0x3b, 0x08, 0x01, 0xb4, 0x3b]);

/**
 * The same message as a newer and odder sender would write it: at every level fields nobody knows, a group, and the known
 * fields in falling order. Protobuf promises no order between fields, only among the values of one.
 */
export function salted(type: protobuf.Type, message: Uint8Array, salt: Buffer): Buffer {
  const reader = protobuf.Reader.create(message);
  const parts: { field: number; bytes: Uint8Array }[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const tag = reader.uint32();
    const field = tag >>> 3;
    if ((tag & 7) !== 2) {
      reader.skipType(tag & 7);
      parts.push({ field, bytes: message.subarray(start, reader.pos) });
      continue;
    }
    const body = reader.bytes();
    const inner = type.fieldsById[field]?.resolve().resolvedType;
    const isMessage = inner instanceof protobuf.Type;
    const bytes = isMessage
      ? Buffer.concat([Buffer.from([tag]), delimited(salted(inner, body, salt))])
      : message.subarray(start, reader.pos);
    parts.push({ field, bytes });
  }
  const falling = parts.sort((a, b) => b.field - a.field).map(({ bytes }) => bytes);
  return Buffer.concat([salt, ...falling, group]);
}
