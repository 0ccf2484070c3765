import type { FixedWindow } from './debug/debug-state.js';

/** An instant as a field for date and time shows it: by the reader's clock, to the minute. */
export function localInputText(atMs: number): string {
  const at = new Date(atMs);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The window two such fields stand for; null while one is empty, or the end is not after the start. */
export function windowOfInputs(from: string, to: string): FixedWindow | null {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  return Number.isFinite(fromMs) && Number.isFinite(toMs) && fromMs >= 0 && fromMs < toMs
    ? { fromMs, toMs }
    : null;
}
