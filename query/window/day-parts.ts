import type { WindowParts } from './window-parts.js';

const dayMs = 86_400_000;

export type DayParts = { daysFrom: Date; daysTo: Date };

/** The hours of a window cut again: whole days, in UTC, are read from the sums by day. */
export function dayParts<Parts extends WindowParts>(parts: Parts): Parts & DayParts {
  const from = Math.ceil(parts.hoursFrom.getTime() / dayMs) * dayMs;
  const to = Math.floor(parts.hoursTo.getTime() / dayMs) * dayMs;
  return from < to ? { ...parts, daysFrom: new Date(from), daysTo: new Date(to) } : hourParts(parts);
}

/** The same without days: for questions that tell hours apart. */
export function hourParts<Parts extends WindowParts>(parts: Parts): Parts & DayParts {
  return { ...parts, daysFrom: parts.hoursTo, daysTo: parts.hoursTo };
}

/** With days where steps are made of whole ones. Steps begin at multiples of their length, so a day lies in one of them. */
export function partsOfSteps<Parts extends WindowParts>(parts: Parts, stepMs: number): Parts & DayParts {
  return stepMs % dayMs === 0 ? dayParts(parts) : hourParts(parts);
}

export const IN_DAYS = `
  tenant = {tenant: String}
  AND day >= toDateTime({daysFrom: DateTime64(3, 'UTC')}) AND day < toDateTime({daysTo: DateTime64(3, 'UTC')})` as const;

export const IN_HOURS_BESIDE_DAYS = `
  tenant = {tenant: String}
  AND ((hour >= toDateTime({hoursFrom: DateTime64(3, 'UTC')}) AND hour < toDateTime({daysFrom: DateTime64(3, 'UTC')}))
    OR (hour >= toDateTime({daysTo: DateTime64(3, 'UTC')}) AND hour < toDateTime({hoursTo: DateTime64(3, 'UTC')})))` as const;
