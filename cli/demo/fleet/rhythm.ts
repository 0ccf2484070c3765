import type { Rhythm } from './demo-function.js';

/** Load by hour of the day in UTC, 0 to 23; only the proportions count. */
const hours: Readonly<Record<Rhythm, readonly number[]>> = {
  shoppers: [4, 3, 2, 2, 2, 3, 5, 7, 9, 10, 11, 13, 14, 12, 11, 11, 12, 14, 17, 20, 21, 17, 11, 7],
  office: [2, 2, 2, 2, 2, 3, 6, 11, 16, 18, 18, 17, 14, 16, 18, 18, 16, 11, 6, 4, 3, 3, 2, 2],
  night: [16, 20, 22, 22, 18, 12, 6, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 5, 7, 10, 13],
  flat: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
};

/** Load by day of the week, Sunday first. */
const days: Readonly<Record<Rhythm, readonly number[]>> = {
  shoppers: [12, 9, 9, 9, 10, 11, 13],
  office: [3, 11, 12, 12, 12, 10, 3],
  night: [1, 1, 1, 1, 1, 1, 1],
  flat: [1, 1, 1, 1, 1, 1, 1],
};

const minutesPerDay = 1440;
/** 1 January 1970 was a Thursday. */
const firstWeekday = 4;

/** Load of a minute (counted from the epoch) against the mean of the week, which is 1. */
export function rhythmFactor(rhythm: Rhythm, minute: number): number {
  const ofDay = minute % minutesPerDay;
  const weekday = (Math.floor(minute / minutesPerDay) + firstWeekday) % 7;
  const hour = Math.floor(ofDay / 60);
  const share = (ofDay % 60) / 60;
  // A straight line between the hours: the load does not jump on the hour.
  const level = at(hours[rhythm], hour) * (1 - share) + at(hours[rhythm], hour + 1) * share;
  return (level / mean(hours[rhythm])) * (at(days[rhythm], weekday) / mean(days[rhythm]));
}

/** The same by hour of the day, 24, and after them by day of the week, 7: their product is the load on the hour. */
export function rhythmTable(rhythm: Rhythm): number[] {
  const hourly = hours[rhythm].map((load) => load / mean(hours[rhythm]));
  const daily = days[rhythm].map((load) => load / mean(days[rhythm]));
  return [...hourly, ...daily];
}

function at(list: readonly number[], index: number): number {
  return list[index % list.length] ?? 1;
}

function mean(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0) / list.length;
}
