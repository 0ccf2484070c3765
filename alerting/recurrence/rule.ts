/** Weekdays as RFC 5545 writes them, from Monday. */
export const weekdays: readonly string[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** `nth` counts within the month, from its end when negative; null means every one. */
export type RuleDay = { readonly nth: number | null; readonly weekday: number };

/** A recurrence rule of RFC 5545, less what repeats within a day or by week and day of the year. */
export type Rule = {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  readonly count: number | null;
  /** The last instant or local time that may be one: UTC when the rule says so, else local as if it were UTC. */
  readonly until: { readonly ms: number; readonly isUtc: boolean } | null;
  readonly byMonth: readonly number[];
  readonly byMonthDay: readonly number[];
  readonly byDay: readonly RuleDay[];
  readonly bySetPos: readonly number[];
  /** The weekday weeks begin on, from 0 for Monday. */
  readonly weekStart: number;
};
