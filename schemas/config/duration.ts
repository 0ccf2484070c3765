import { z } from 'zod';

const msPerUnit = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
const units = ['d', 'h', 'm', 's', 'ms'] as const;
const pattern = /^(\d+(?:\.\d+)?) ?(ms|d|h|m|s)?$/;

/** "400ms", "30s", "15m", "12h", "30d" to milliseconds; without a unit it is milliseconds; null when it is none. */
export function parseDuration(text: string): number | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  return Math.round(Number(match[1]) * msPerUnit[z.enum(units).parse(match[2] ?? 'ms')]);
}

/** The shortest text that parseDuration reads back as exactly this number. */
export function formatDuration(durationMs: number): string {
  const unit = units.find((name) => durationMs > 0 && durationMs % msPerUnit[name] === 0) ?? 'ms';
  return `${durationMs / msPerUnit[unit]}${unit}`;
}

const expected =
  'must be a duration such as "400ms", "30s", "15m", "12h" or "30d", or a number of milliseconds';

/** A duration in the file: a number of milliseconds, or a text with a unit; milliseconds in the program. */
export function duration({ atLeastMs, atMostMs }: { atLeastMs: number; atMostMs: number }) {
  const range = `must be between ${formatDuration(atLeastMs)} and ${formatDuration(atMostMs)}`;
  return z
    .union([z.int(), z.string().regex(pattern, { error: expected })], { error: expected })
    .transform((given) => (typeof given === 'number' ? given : (parseDuration(given) ?? Number.NaN)))
    .pipe(z.int({ error: range }).min(atLeastMs, { error: range }).max(atMostMs, { error: range }));
}
