import { z } from 'zod';

/** ClickHouse's DateTime64(9) ends here; beyond it an instant would silently wrap around. */
const latestMs = Date.UTC(2262, 3, 11);
const digits = /^\d{1,16}$/;
const isoWithZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * A point in time as a request may give it: Unix milliseconds, or ISO 8601 with a time zone. A "+" that was not
 * percent-encoded arrives as a space, so "T10:00:00 02:00" is read as "+02:00".
 */
export const Instant = z
  .union([z.string(), z.number()])
  .transform((value, context) => {
    const parsed = parseInstant(String(value).trim());
    if (parsed.kind === 'instant') return parsed.at;
    context.issues.push({ code: 'custom', message: parsed.reason, input: value });
    return z.NEVER;
  })
  .meta({ description: 'Unix milliseconds, or ISO 8601 with a time zone: 2026-11-20T10:00:00Z' });

type Parsed = { kind: 'instant'; at: Date } | { kind: 'refused'; reason: string };

function parseInstant(text: string): Parsed {
  const iso = text.replace(/ (\d{2}:\d{2})$/, '+$1');
  const isMs = digits.test(text);
  if (!isMs && !isoWithZone.test(iso)) {
    return {
      kind: 'refused',
      reason: `"${text.slice(0, 40)}" is not an instant: give Unix milliseconds or ISO 8601 with a time zone, such as 2026-11-20T10:00:00Z`,
    };
  }
  const at = new Date(isMs ? Number(text) : iso);
  if (Number.isNaN(at.getTime())) return { kind: 'refused', reason: `"${text}" is not a date that exists` };
  if (at.getTime() < 0 || at.getTime() >= latestMs)
    return { kind: 'refused', reason: `"${text}" lies outside the years 1970 to 2262` };
  return { kind: 'instant', at };
}
