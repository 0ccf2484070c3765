import { z } from 'zod';
import { duration } from '../config/duration.js';

const dayMs = 86_400_000;

/** Over which time a budget is spent: the last so many days, or since the start of a calendar period in a zone. */
export type Period =
  | { readonly kind: 'rolling'; readonly lengthMs: number }
  | { readonly kind: 'calendar'; readonly unit: CalendarUnit; readonly zone: string };

export const CalendarUnit = z.enum(['week', 'month', 'quarter', 'year']);
export type CalendarUnit = z.infer<typeof CalendarUnit>;

const nominalDays: Readonly<Record<CalendarUnit, number>> = { week: 7, month: 30, quarter: 90, year: 365 };

/** What burn rates are reckoned by. A calendar month counts as 30 days, so that its alerts do not change with February. */
export function nominalLengthMs(period: Period): number {
  return period.kind === 'rolling' ? period.lengthMs : nominalDays[period.unit] * dayMs;
}

export function periodText(period: Period): string {
  if (period.kind === 'calendar') return `each calendar ${period.unit} in ${period.zone}`;
  return `the last ${period.lengthMs / dayMs} days`;
}

export const Zone = z.string().refine(isZone, {
  error: ({ input }) =>
    `must be an IANA time zone such as "Europe/Berlin"; "${String(input).slice(0, 60)}" is none`,
});

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const Rolling = duration({ atLeastMs: dayMs, atMostMs: 366 * dayMs });

/** `30d`, or `{ calendar: month, zone: Europe/Berlin }`. */
export const PeriodText = z
  .union(
    [
      Rolling.transform((lengthMs): Period => ({ kind: 'rolling', lengthMs })),
      z
        .strictObject({ calendar: CalendarUnit, zone: Zone.default('UTC') })
        .transform(({ calendar, zone }): Period => ({ kind: 'calendar', unit: calendar, zone })),
    ],
    { error: 'must be a length such as 30d, or { calendar: month, zone: Europe/Berlin }' },
  )
  .meta({ description: 'The time over which the budget is spent' });
