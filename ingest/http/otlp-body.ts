import { Buffer } from 'node:buffer';
import { ByteWriter } from '../wire/byte-writer.js';
import type { OtlpEncoding } from './media-type.js';

const empty = { protobuf: Buffer.alloc(0), json: Buffer.from('{}') };
const lengthDelimited = 2;

/** A google.rpc.Status: code in field 1, message in field 2. */
export function statusBody(encoding: OtlpEncoding, grpcCode: number, message: string): Buffer {
  if (encoding === 'json') return Buffer.from(JSON.stringify({ code: grpcCode, message }));
  const writer = new ByteWriter(256);
  writer.varint(8);
  writer.varint(grpcCode);
  writer.varint(16 + lengthDelimited);
  writer.string(message);
  return writer.view();
}

/** An Export…ServiceResponse; partial_success stays unset when there is nothing to say. */
export function exportBody(
  encoding: OtlpEncoding,
  rejectedField: string,
  rejected: number,
  message: string,
): Buffer {
  if (rejected === 0 && message === '') return empty[encoding];
  if (encoding === 'json') {
    // 64-bit integers are texts in protobuf's JSON.
    const partialSuccess = { [rejectedField]: String(rejected), errorMessage: message };
    return Buffer.from(JSON.stringify({ partialSuccess }));
  }
  const inner = new ByteWriter(256);
  if (rejected > 0) {
    inner.varint(8);
    inner.varint(rejected);
  }
  inner.varint(16 + lengthDelimited);
  inner.string(message);
  const outer = new ByteWriter(256);
  outer.varint(8 + lengthDelimited);
  outer.varint(inner.length);
  outer.append(inner);
  return outer.view();
}
