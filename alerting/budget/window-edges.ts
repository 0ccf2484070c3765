const minuteS = 60;
const hourS = 3600;

/** Hours are summed when they are over; the last few are read by minute. */
const openHours = 3;

/** How windows that end together are put together of whole hours and single minutes; all in seconds since the epoch. */
export type WindowEdges = {
  startsS: number[];
  sortedS: number[];
  /** The first whole hour of each window. */
  wholesS: number[];
  firstS: number;
  /** From here on minutes are read. */
  tailS: number;
  tailFromS: number;
  endS: number;
  /** Minutes before the first whole hour of a window that begins within an hour. */
  headsS: number[];
};

export function windowEdges(starts: readonly Date[], end: Date, now: Date): WindowEdges {
  const floor = (at: Date, unitS: number) => Math.floor(at.getTime() / 1000 / unitS) * unitS;
  const endS = floor(end, minuteS);
  const tailS = Math.min(floor(end, hourS), floor(now, hourS) - openHours * hourS);
  const startsS = starts.map((start) => Math.max(0, floor(start, minuteS)));
  const wholesS = startsS.map((startS) => Math.ceil(startS / hourS) * hourS);
  const heads = new Set<number>();
  for (const [index, startS] of startsS.entries())
    for (let at = startS; at < Math.min(wholesS[index] ?? startS, tailS, endS); at += minuteS) heads.add(at);
  const firstS = Math.min(...startsS);
  const headsS = [...heads].sort((one, other) => one - other);
  const sortedS = [...new Set(startsS)].sort((one, other) => one - other);
  return { startsS, sortedS, wholesS, firstS, tailS, tailFromS: Math.max(tailS, firstS), endS, headsS };
}
