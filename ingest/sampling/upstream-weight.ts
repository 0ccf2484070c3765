import { hexDigit, otValue } from './trace-state.js';

/** Where trace states that say nonsense are counted. */
export type TraceStateFaults = { malformedTraceStates: number };

const maxDigits = 14;
const halfDigits = 7;
const half = 2 ** 28;

/**
 * How many spans one span stands for, because a sampler before us kept it and dropped others: 2^56 / (2^56 - threshold),
 * with the rejection threshold of `ot=th:` in its trace state at [start, end). 1 when there is none, or nonsense.
 */
export function upstreamWeight(
  bytes: Uint8Array,
  start: number,
  end: number,
  faults: TraceStateFaults | null = null,
): number {
  if (end <= start) return 1;
  const place = otValue(bytes, start, end, 'th');
  if (place === null) return 1;
  const digits = place.end - place.start;
  let high = 0;
  let low = 0;
  let isHex = digits >= 1 && digits <= maxDigits;
  // Trailing zeros are left out by senders.
  for (let index = 0; index < maxDigits && isHex; index++) {
    const digit = index < digits ? hexDigit(bytes[place.start + index]) : 0;
    if (digit === -1) isHex = false;
    else if (index < halfDigits) high = high * 16 + digit;
    else low = low * 16 + digit;
  }
  if (!isHex) {
    if (faults !== null) faults.malformedTraceStates++;
    return 1;
  }
  return (half * half) / ((half - high) * half - low);
}
