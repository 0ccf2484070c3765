import { Buffer } from 'node:buffer';

/** Text of [start, end), with U+FFFD for what is not UTF-8. */
export function utf8(source: Uint8Array, start: number, end: number): string {
  if (Buffer.isBuffer(source)) return source.toString('utf8', start, end);
  return Buffer.from(source.buffer, source.byteOffset + start, end - start).toString('utf8');
}
