const comma = 0x2c;
const semicolon = 0x3b;
const equals = 0x3d;
const colon = 0x3a;

export type Place = { readonly start: number; readonly end: number };

/**
 * The value of one key inside the `ot` entry of a W3C trace state, such as `c8` for `th` in `a=b,ot=th:c8;rv:…`; null when
 * there is none. Source: OpenTelemetry, "TraceState: Probability Sampling".
 */
export function otValue(bytes: Uint8Array, start: number, end: number, key: string): Place | null {
  const entry = find(bytes, start, end, comma, equals, 'ot');
  return entry === null ? null : find(bytes, entry.start, entry.end, semicolon, colon, key);
}

/** The value behind `key` and `binder` in a list of entries; the first one counts. */
function find(
  bytes: Uint8Array,
  start: number,
  end: number,
  divider: number,
  binder: number,
  key: string,
): Place | null {
  let from = start;
  while (from < end) {
    let to = from;
    while (to < end && bytes[to] !== divider) to++;
    const entry = trimmed(bytes, from, to);
    if (begins(bytes, entry, key, binder)) return { start: entry.start + key.length + 1, end: entry.end };
    from = to + 1;
  }
  return null;
}

function begins(bytes: Uint8Array, { start, end }: Place, key: string, binder: number): boolean {
  if (end - start <= key.length || bytes[start + key.length] !== binder) return false;
  for (let index = 0; index < key.length; index++) {
    if (bytes[start + index] !== key.charCodeAt(index)) return false;
  }
  return true;
}

/** Spaces and tabs are allowed around entries. */
function trimmed(bytes: Uint8Array, start: number, end: number): Place {
  let from = start;
  let to = end;
  while (from < to && isBlank(bytes[from])) from++;
  while (to > from && isBlank(bytes[to - 1])) to--;
  return { start: from, end: to };
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}

/** The value of a lower-case hexadecimal digit, -1 for anything else. */
export function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  return byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1;
}
