const minuteMs = 60_000;
const stepMinutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

/** The whole minutes that a window touches: what rollups by minute can answer exactly. */
export function wholeMinutes({ from, to }: { from: Date; to: Date }): { from: Date; to: Date } {
  return {
    from: new Date(Math.floor(from.getTime() / minuteMs) * minuteMs),
    to: new Date(Math.ceil(to.getTime() / minuteMs) * minuteMs),
  };
}

/** The shortest round step that cuts a window into at most so many. */
export function stepOf({ from, to }: { from: Date; to: Date }, most: number): number {
  const minutes = (to.getTime() - from.getTime()) / minuteMs;
  const fits = stepMinutes.find((step) => minutes / step <= most);
  return (fits ?? 1440) * minuteMs;
}
