const dayMs = 24 * 3_600_000;

/** A time of day in the reader's zone, with as much of it as a span of `spanMs` needs. */
export function clockTime(atMs: number, spanMs: number, timeZone?: string): string {
  const date: Intl.DateTimeFormatOptions = spanMs > dayMs ? { day: 'numeric', month: 'short' } : {};
  const seconds: Intl.DateTimeFormatOptions = spanMs < 10 * 60_000 ? { second: '2-digit' } : {};
  return new Intl.DateTimeFormat('en-GB', {
    ...date,
    hour: '2-digit',
    minute: '2-digit',
    ...seconds,
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(atMs);
}

/** To the millisecond, for one event. */
export function exactClockTime(atMs: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(atMs);
}

export function dateTime(atMs: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(atMs);
}

/** A day without its time: 27 Nov. */
export function dayText(atMs: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(atMs);
}
