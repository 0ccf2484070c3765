import { utf8 } from '../wire/utf8.js';

/** Where to cut [start, end) so that at most `maxBytes` remain and no character is split. */
export function cutEnd(bytes: Uint8Array, start: number, end: number, maxBytes: number): number {
  let at = start + maxBytes;
  if (at >= end) return end;
  // Continuation bytes are 10xxxxxx; a character has at most three of them.
  for (let steps = 0; steps < 3 && at > start && ((bytes[at] ?? 0) & 0xc0) === 0x80; steps++) at--;
  return at;
}

/** The beginning of a long text, with a mark that says how long it was. */
export function cutText(bytes: Uint8Array, start: number, end: number, maxBytes: number): string {
  return `${utf8(bytes, start, cutEnd(bytes, start, end, maxBytes))}…[cut from ${end - start} bytes]`;
}
