/** Half-open, in whole minutes; seconds since the epoch like everything here. */
export type Interval = { fromS: number; toS: number };

/** What to read so that disjoint intervals are summed exactly: whole days, whole hours, and minutes at their ends. */
export type SumUnits = { daysS: number[]; hoursS: number[]; minutes: Interval[] };

/** Up to when days and hours are summed; what comes later is read in smaller units. */
export type Closed = { daysUntilS: number; hoursUntilS: number };

const hourS = 3600;
const dayS = 24 * hourS;

/** The job sums an hour one hour after it ended; hours and days are trusted an hour later than that. */
const openHours = 2;

export function closedAt(now: Date): Closed {
  const hoursUntilS = (Math.floor(now.getTime() / 1000 / hourS) - openHours) * hourS;
  return { hoursUntilS, daysUntilS: Math.floor((hoursUntilS - hourS) / dayS) * dayS };
}

export function unitsOf(intervals: readonly Interval[], { daysUntilS, hoursUntilS }: Closed): SumUnits {
  const days = intervals.map((one) => inner(one, dayS, daysUntilS));
  const aside = intervals.flatMap((one, at) => around(one, days[at] ?? null));
  const hours = aside.map((one) => inner(one, hourS, hoursUntilS));
  return {
    daysS: days.flatMap((one) => startsIn(one, dayS)),
    hoursS: hours.flatMap((one) => startsIn(one, hourS)),
    minutes: aside.flatMap((one, at) => around(one, hours[at] ?? null)),
  };
}

/** The whole units within an interval that are summed. */
function inner({ fromS, toS }: Interval, unitS: number, untilS: number): Interval | null {
  const firstS = Math.ceil(fromS / unitS) * unitS;
  const lastS = Math.floor(Math.min(toS, untilS) / unitS) * unitS;
  return firstS < lastS ? { fromS: firstS, toS: lastS } : null;
}

/** An interval without the part in its middle. */
function around({ fromS, toS }: Interval, middle: Interval | null): Interval[] {
  const sides =
    middle === null
      ? [{ fromS, toS }]
      : [
          { fromS, toS: middle.fromS },
          { fromS: middle.toS, toS },
        ];
  return sides.filter((side) => side.fromS < side.toS);
}

function startsIn(interval: Interval | null, unitS: number): number[] {
  if (interval === null) return [];
  const { fromS, toS } = interval;
  return Array.from({ length: (toS - fromS) / unitS }, (_, index) => fromS + index * unitS);
}

/** Cuts intervals wherever an edge lies within one, so that each part is on one side of every edge; edges in order. */
export function cutAt(intervals: readonly Interval[], edgesS: readonly number[]): Interval[] {
  return intervals.flatMap(({ fromS, toS }) => {
    const inside = edgesS.filter((edgeS) => edgeS > fromS && edgeS < toS);
    const bounds = [fromS, ...inside, toS];
    return bounds.slice(1).map((endS, at) => ({ fromS: bounds[at] ?? endS, toS: endS }));
  });
}

/** Sorted and joined: overlapping and touching intervals become one. */
export function unionOf(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const { fromS, toS } of [...intervals].sort((one, other) => one.fromS - other.fromS)) {
    const last = joined.at(-1);
    if (toS <= fromS) continue;
    if (last !== undefined && fromS <= last.toS) last.toS = Math.max(last.toS, toS);
    else joined.push({ fromS, toS });
  }
  return joined;
}

/** What of sorted, disjoint intervals lies in [fromS, toS). */
export function clipTo(intervals: readonly Interval[], fromS: number, toS: number): Interval[] {
  return intervals
    .map((one) => ({ fromS: Math.max(one.fromS, fromS), toS: Math.min(one.toS, toS) }))
    .filter((one) => one.fromS < one.toS);
}
