import type { CalendarUnit, Period } from '../../schemas/slo/period.js';
import { instantOf, wallAt } from '../clock/wall-clock.js';

/** When the period that holds an instant began. */
export function periodStart(period: Period, at: Date): Date {
  if (period.kind === 'rolling') return new Date(at.getTime() - period.lengthMs);
  const { year, month, day } = localDate(at, period.zone);
  const [startYear, startMonth, startDay] = startOf(period.unit, year, month, day);
  // Where clocks go forward at midnight that hour does not exist, and the day begins with the next.
  return new Date(instantOf(Date.UTC(startYear, startMonth, startDay), period.zone));
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
  const local = new Date(wallAt(at.getTime(), zone));
  return { year: local.getUTCFullYear(), month: local.getUTCMonth(), day: local.getUTCDate() };
}
