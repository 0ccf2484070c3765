import { Buffer } from 'node:buffer';
import { type AnyValueReader, anyValueKinds } from '../otlp/any-value.js';
import type { LogRecord } from '../otlp/log-record.js';

const report = ascii('REPORT RequestId: ');
const exited = ascii('RequestId: ');
const executed = ascii("Executed '");
const overTime = ascii('Timeout value of ');
const took = ascii('Function execution took ');
const jsonTime = ascii('{"time":"');
const platformType = ascii('"type":"platform.r');
const timedOutEnd = ascii(' seconds');
/** Lambda writes the type right behind the time. */
const typeWithinBytes = 96;
/** An ISO time, a request id, the sentence. */
const timedOutMaxBytes = 160;
const lineFeed = 0x0a;

/**
 * Whether a record is worth reading as a platform's report: looks at a few bytes and makes nothing, because nearly every
 * record is an ordinary log. Leaves the body located in `value`.
 */
export function mayBeReport(record: LogRecord, value: AnyValueReader): boolean {
  const { bytes, body, attributes } = record;
  value.locate(bytes, body.start, body.end);
  if (attributes.has('type') && attributes.text('type')?.startsWith('platform.r') === true) return true;
  if (attributes.has('cloudflare.outcome')) return true;
  if (value.kind !== anyValueKinds.string) return false;
  const { start, stop } = value;
  if (startsWith(bytes, start, stop, report) || startsWith(bytes, start, stop, exited)) return true;
  if (startsWith(bytes, start, stop, executed) || startsWith(bytes, start, stop, overTime)) return true;
  if (startsWith(bytes, start, stop, took)) return true;
  if (startsWith(bytes, start, stop, jsonTime)) {
    const head = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(stop - start, typeWithinBytes));
    return head.indexOf(platformType) !== -1;
  }
  if (stop - start > timedOutMaxBytes) return false;
  let end = stop;
  while (end > start && bytes[end - 1] === lineFeed) end--;
  return startsWith(bytes, Math.max(start, end - timedOutEnd.length), end, timedOutEnd);
}

function startsWith(bytes: Uint8Array, start: number, stop: number, prefix: Uint8Array): boolean {
  if (stop - start < prefix.length) return false;
  for (let index = 0; index < prefix.length; index++) {
    if (bytes[start + index] !== prefix[index]) return false;
  }
  return true;
}

function ascii(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
