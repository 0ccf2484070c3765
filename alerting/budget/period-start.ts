import type { CalendarUnit, Period } from '../../schemas/slo/period.js';
import { candidatesMs, localMs } from './local-time.js';

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
  const candidates = candidatesMs(midnightMs, zone);
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
