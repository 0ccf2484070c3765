import { asUInt32 } from './uint32.js';

/** Broker clocks run ahead of a function's by so much at most; a later time is another kind of number. */
const mostAheadMs = 60_000;

/** From an event's time to the start of the run. Null when the text is no time, or one after the start. */
export function ageMs(text: string, startMs: number): number | null {
  const atMs = unixMs(text.trim());
  if (atMs === null || atMs - startMs > mostAheadMs) return null;
  return asUInt32(Math.max(0, startMs - atMs));
}

/** ISO 8601, or a Unix time in seconds, milliseconds, microseconds or nanoseconds, told apart by its size. */
function unixMs(text: string): number | null {
  if (!/^\d{9,19}(\.\d+)?$/.test(text)) {
    const ms = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(ms) ? null : ms;
  }
  const value = Number(text);
  if (value < 1e11) return value * 1e3;
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1e3 : value / 1e6;
}
