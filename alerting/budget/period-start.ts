import type { CalendarUnit, Period } from '../../schemas/slo/period.js';

const dayMs = 86_400_000;

/** When the period that holds an instant began. */
export function periodStart(period: Period, at: Date): Date {
  if (period.kind === 'rolling') return new Date(at.getTime() - period.lengthMs);
  const { year, month, day } = localDate(at, period.zone);
  const [startYear, startMonth, startDay] = startOf(period.unit, year, month, day);
  return startOfDay(Date.UTC(startYear, startMonth, startDay), period.zone);
}

/** Month and weekday count from 0; a day below 1 is one of the month before, as Date.UTC takes it. */
function startOf(unit: CalendarUnit, year: number, month: number, day: number): [number, number, number] {
  if (unit === 'year') return [year, 0, 1];
  if (unit === 'quarter') return [year, Math.floor(month / 3) * 3, 1];
  if (unit === 'month') return [year, month, 1];
  // Weeks begin on Monday (ISO 8601).
  const weekday = (new Date(Date.UTC(year, month, day)).getUTCDay() + 6) % 7;
  return [year, month, day - weekday];
}

function localDate(at: Date, zone: string): { year: number; month: number; day: number } {
  const local = new Date(localMs(at.getTime(), zone));
  return { year: local.getUTCFullYear(), month: local.getUTCMonth(), day: local.getUTCDate() };
}

/**
 * The first instant of a local day, given as if its midnight were UTC. Where clocks go forward at midnight that hour does
 * not exist, and the day begins with the next.
 */
function startOfDay(midnightMs: number, zone: string): Date {
  // Zones lie within a day of UTC and change by whole minutes: of all instants that may be it, the first on that day.
  const offsets = new Set([-dayMs, 0, dayMs].map((aside) => offsetMs(midnightMs + aside, zone)));
  const candidates = [...offsets].map((offset) => midnightMs - offset).sort((one, other) => one - other);
  const exact = candidates.find((ms) => localMs(ms, zone) === midnightMs);
  if (exact !== undefined) return new Date(exact);
  // In the gap, the instant of the change is the midnight reckoned with the offset after it, less the gap.
  let low = Math.min(...candidates);
  let high = Math.max(...candidates);
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (localMs(middle, zone) >= midnightMs) high = middle;
    else low = middle;
  }
  return new Date(high);
}

function offsetMs(ms: number, zone: string): number {
  return localMs(ms, zone) - ms;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks in a zone show at an instant, as if they were UTC; whole seconds. */
function localMs(ms: number, zone: string): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  formats.set(zone, format);
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}
