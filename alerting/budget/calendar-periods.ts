import type { CalendarUnit } from '../../schemas/slo/period.js';
import { wallAt } from '../clock/wall-clock.js';
import { periodStart } from './period-start.js';

export type CalendarPeriod = { label: string; from: Date; to: Date };

const dayMs = 86_400_000;
/** Longer than any of them, so that the start plus this lies in the next one. */
const longestMs: Readonly<Record<CalendarUnit, number>> = {
  week: 7.5 * dayMs,
  month: 31.5 * dayMs,
  quarter: 92.5 * dayMs,
  year: 366.5 * dayMs,
};

/** The calendar period that holds an instant and those before it, latest first. */
export function calendarPeriods(unit: CalendarUnit, zone: string, at: Date, count: number): CalendarPeriod[] {
  const startOf = (instant: Date) => periodStart({ kind: 'calendar', unit, zone }, instant);
  const periods: CalendarPeriod[] = [];
  let from = startOf(at);
  let to = startOf(new Date(from.getTime() + longestMs[unit]));
  for (let index = 0; index < count; index++) {
    periods.push({ label: labelOf(unit, zone, from), from, to });
    to = from;
    from = startOf(new Date(from.getTime() - 1));
  }
  return periods;
}

function labelOf(unit: CalendarUnit, zone: string, from: Date): string {
  const local = new Date(wallAt(from.getTime(), zone));
  const [year, month] = [local.getUTCFullYear(), local.getUTCMonth()];
  if (unit === 'year') return String(year);
  if (unit === 'quarter') return `${year}-Q${Math.floor(month / 3) + 1}`;
  if (unit === 'month') return `${year}-${String(month + 1).padStart(2, '0')}`;
  // ISO 8601: a week belongs to the year of its Thursday.
  const thursday = new Date(local.getTime() + 3 * dayMs);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.floor((thursday.getTime() - first) / (7 * dayMs)) + 1;
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}
