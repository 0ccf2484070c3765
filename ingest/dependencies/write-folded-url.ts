import type { ByteWriter } from '../wire/byte-writer.js';

const slash = 0x2f;
const queryStart = 0x3f;
const fragmentStart = 0x23;
const parameterStart = 0x3b;
const bracket = 0x5b;
/** No step of a path that is a name and has a digit is longer. */
const longestName = 10;
const id = '{id}';

/**
 * Writes a URL so that all that are the same call read the same: without its query, and with `{id}` for a step that is
 * certainly one. All that is folded here `foldRoute` folds to the same; what is not it may still fold.
 */
export function writeFoldedUrl(writer: ByteWriter, bytes: Uint8Array, start: number, end: number): void {
  const stop = endOfPath(bytes, start, end);
  let stepStart = startOfPath(bytes, start, stop);
  writer.copy(bytes, start, stepStart);
  while (stepStart < stop) {
    let at = stepStart;
    let digits = 0;
    for (; at < stop && bytes[at] !== slash && bytes[at] !== parameterStart; at++) {
      if (isDigit(bytes[at] ?? 0)) digits++;
    }
    const length = at - stepStart;
    if (digits > 0 && (digits === length || length > longestName)) writer.ascii(id);
    else writer.copy(bytes, stepStart, at);
    if (at === stop || bytes[at] === parameterStart) return;
    writer.u8(slash);
    stepStart = at + 1;
  }
}

function endOfPath(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== queryStart && bytes[at] !== fragmentStart) at++;
  return at;
}

/** Behind the slash that ends scheme and host; the end when there is none, and for hosts in brackets, which may hold one. */
function startOfPath(bytes: Uint8Array, start: number, end: number): number {
  let slashes = 0;
  for (let at = start; at < end; at++) {
    if (bytes[at] === bracket) return end;
    if (bytes[at] === slash && ++slashes === 3) return at + 1;
  }
  return end;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
