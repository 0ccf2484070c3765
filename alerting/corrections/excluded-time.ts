import type { SliDefinition, SloDefinition } from '../../schemas/slo/slo-definition.js';
import { clipTo, type Interval, unionOf } from '../budget/sum-units.js';
import { windowsWithin } from '../recurrence/windows.js';
import type { Correction } from './correction.js';
import { reachOf } from './reach-of.js';

/** The corrections that are about the whole of an objective and scope. */
export function correctionsOf(
  corrections: readonly Correction[],
  definition: SloDefinition,
  scope: string,
): Correction[] {
  return corrections.filter((one) => reachOf(one, definition, scope) === 'whole');
}

/**
 * Time in [fromS, toS) that does not count by some corrections: sorted, disjoint, in seconds. A time slice that a window
 * touches is left out as a whole, so that what remains of it does not count as much as a full one.
 */
export function excludedTime(
  corrections: readonly Correction[],
  sli: SliDefinition,
  fromS: number,
  toS: number,
): Interval[] {
  const sliceS = sliceSeconds(sli);
  const [from, to] = [new Date((fromS - sliceS) * 1000), new Date((toS + sliceS) * 1000)];
  const intervals = corrections.flatMap(({ windows }) =>
    windowsWithin(windows, from, to).map(
      (one): Interval => ({
        fromS: Math.floor(one.from.getTime() / 1000 / sliceS) * sliceS,
        toS: Math.ceil(one.to.getTime() / 1000 / sliceS) * sliceS,
      }),
    ),
  );
  return clipTo(unionOf(intervals), fromS, toS);
}

/** By how much a window is rounded outwards: a slice, else a minute. */
export function sliceSeconds(sli: SliDefinition): number {
  return sli.kind === 'time-slice' ? sli.slice / 1000 : 60;
}

/** Whether an instant (seconds) lies in sorted, disjoint intervals. */
export function isExcluded(intervals: readonly Interval[], atS: number): boolean {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = intervals[middle];
    if (one === undefined) return false;
    if (atS < one.fromS) high = middle;
    else if (atS >= one.toS) low = middle + 1;
    else return true;
  }
  return false;
}
