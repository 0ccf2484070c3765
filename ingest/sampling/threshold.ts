import { hexDigit, otValue } from './trace-state.js';

/** 56 bits as 24 and 32, because a JavaScript number holds only 53 exactly. */
export type Bits56 = { high: number; low: number };

const randomDigits = 14;

/** What is kept at a ratio: all whose 56 random bits are at least this. At a lower ratio a subset of the same is kept. */
export function thresholdOf(keptRatio: number): Bits56 {
  const scaled = (1 - keptRatio) * 2 ** 24;
  const high = Math.floor(scaled);
  return { high, low: Math.floor((scaled - high) * 2 ** 32) };
}

export function isKept(randomness: Bits56, threshold: Bits56): boolean {
  return randomness.high === threshold.high
    ? randomness.low >= threshold.low
    : randomness.high > threshold.high;
}

/** The last seven bytes of the trace id at `start`: W3C trace context calls them random. */
export function traceIdRandomness(bytes: Uint8Array, start: number, into: Bits56): void {
  const at = start + 9;
  into.high = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  into.low =
    (((bytes[at + 3] ?? 0) << 24) |
      ((bytes[at + 4] ?? 0) << 16) |
      ((bytes[at + 5] ?? 0) << 8) |
      (bytes[at + 6] ?? 0)) >>>
    0;
}

/** The explicit random value `ot=rv:` of a trace state, which goes before the trace id; false when it has none. */
export function traceStateRandomness(bytes: Uint8Array, start: number, end: number, into: Bits56): boolean {
  if (end <= start) return false;
  const place = otValue(bytes, start, end, 'rv');
  if (place === null || place.end - place.start !== randomDigits) return false;
  let high = 0;
  let low = 0;
  for (let index = 0; index < randomDigits; index++) {
    const digit = hexDigit(bytes[place.start + index]);
    if (digit === -1) return false;
    if (index < 6) high = high * 16 + digit;
    else low = low * 16 + digit;
  }
  into.high = high;
  into.low = low;
  return true;
}
