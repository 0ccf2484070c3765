import { instantOf } from '../clock/wall-clock.js';
import type { Rule } from './rule.js';

const dayMs = 86_400_000;
/** A rule that meets no day in so many periods, such as the 31st of February, meets none. Leap days may be eight years apart. */
const mostEmpty = 4_000;

/**
 * Local times of a rule as if they were UTC, in order, from its start on; the start must itself be one. Without an end they
 * never stop: whoever asks does.
 */
export function* localOccurrences(rule: Rule, startMs: number, zone: string): Generator<number> {
  const timeMs = startMs - midnight(startMs);
  let left = rule.count ?? Number.POSITIVE_INFINITY;
  let empty = 0;
  for (let period = 0; empty < mostEmpty; period++) {
    const days = chosen(rule, daysOf(rule, midnight(startMs), period));
    empty = days.length === 0 ? empty + 1 : 0;
    for (const day of days) {
      const local = day + timeMs;
      if (local < startMs) continue;
      if (left-- <= 0 || isAfterEnd(rule, local, zone)) return;
      yield local;
    }
  }
}

function isAfterEnd({ until }: Rule, local: number, zone: string): boolean {
  if (until === null) return false;
  return until.isUtc ? instantOf(local, zone) > until.ms : local > until.ms;
}

/** The days of one period of the rule, counted from the one that holds its start; in order. */
function daysOf(rule: Rule, startDay: number, period: number): number[] {
  const step = period * rule.interval;
  const start = new Date(startDay);
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth()];
  switch (rule.freq) {
    case 'DAILY':
      return [startDay + step * dayMs].filter((day) => isInMonths(rule, day) && isLimited(rule, day));
    case 'WEEKLY': {
      const first = startDay - ((weekdayOf(startDay) - rule.weekStart + 7) % 7) * dayMs + step * 7 * dayMs;
      const wanted =
        rule.byDay.length === 0 ? [weekdayOf(startDay)] : rule.byDay.map(({ weekday }) => weekday);
      const days = Array.from({ length: 7 }, (_, at) => first + at * dayMs);
      return days.filter((day) => wanted.includes(weekdayOf(day)) && isInMonths(rule, day));
    }
    case 'MONTHLY':
      return daysOfMonth(rule, Date.UTC(year, month + step), start.getUTCDate()).filter((day) =>
        isInMonths(rule, day),
      );
    case 'YEARLY': {
      const months = rule.byMonth.length === 0 ? [month] : rule.byMonth.map((one) => one - 1);
      const sorted = [...new Set(months)].sort((one, other) => one - other);
      return sorted.flatMap((one) => daysOfMonth(rule, Date.UTC(year + step, one), start.getUTCDate()));
    }
  }
}

function daysOfMonth(rule: Rule, firstDay: number, dayOfStart: number): number[] {
  const first = new Date(firstDay);
  const nextMonth = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1);
  const all = Array.from({ length: (nextMonth - firstDay) / dayMs }, (_, at) => firstDay + at * dayMs);
  if (rule.byDay.length === 0 && rule.byMonthDay.length === 0)
    return all.filter((day) => new Date(day).getUTCDate() === dayOfStart);
  return all.filter((day) => isLimited(rule, day));
}

/** Whether a day is one of BYMONTHDAY and one of BYDAY, as far as they are given. */
function isLimited({ byMonthDay, byDay }: Rule, day: number): boolean {
  const date = new Date(day);
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const [fromStart, fromEnd] = [date.getUTCDate(), date.getUTCDate() - length - 1];
  const ofMonth = byMonthDay.length === 0 || byMonthDay.includes(fromStart) || byMonthDay.includes(fromEnd);
  const nths = [null, Math.ceil(fromStart / 7), -Math.ceil(-fromEnd / 7)];
  const weekday = weekdayOf(day);
  return (
    ofMonth && (byDay.length === 0 || byDay.some((one) => one.weekday === weekday && nths.includes(one.nth)))
  );
}

function isInMonths({ byMonth }: Rule, day: number): boolean {
  return byMonth.length === 0 || byMonth.includes(new Date(day).getUTCMonth() + 1);
}

/** BYSETPOS: only these of the days of a period, counted from either end. */
function chosen({ bySetPos }: Rule, days: number[]): number[] {
  if (bySetPos.length === 0) return days;
  return days.filter((_, at) => bySetPos.includes(at + 1) || bySetPos.includes(at - days.length));
}

function midnight(ms: number): number {
  return Math.floor(ms / dayMs) * dayMs;
}

/** From 0 for Monday; the epoch was a Thursday. */
function weekdayOf(day: number): number {
  return (((day / dayMs + 3) % 7) + 7) % 7;
}
