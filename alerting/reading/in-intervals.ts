import type { Interval } from '../budget/sum-units.js';

/** True of a minute in one of some disjoint intervals, given as `intervalParams`. */
export const IN_INTERVALS = `
  (toUnixTimestamp(minute) >= roundDown(toUnixTimestamp(minute), {intervalsFromS: Array(UInt32)})
    AND toUnixTimestamp(minute) < transform(roundDown(toUnixTimestamp(minute), {intervalsFromS: Array(UInt32)}),
      {intervalsFromS: Array(UInt32)}, {intervalsToS: Array(UInt32)}, toUInt32(0)))` as const;

/** An array to look up in must hold something: no minute is in an empty interval. */
const empty: Interval = { fromS: 0, toS: 0 };

export function intervalParams(intervals: readonly Interval[]) {
  const some = intervals.length === 0 ? [empty] : intervals;
  const inOrder = [...some].sort((one, other) => one.fromS - other.fromS);
  return {
    intervalsFromS: inOrder.map(({ fromS }) => fromS),
    intervalsToS: inOrder.map(({ toS }) => toS),
  };
}
