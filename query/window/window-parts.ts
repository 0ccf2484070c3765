const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How long each table keeps its rows by default, less a day: what expires this very day must not be counted on. */
const rawKeptMs = 29 * dayMs;
const minutesKeptMs = 94 * dayMs;
/** The engine's DateTime ends in 2106. */
const latestMinuteMs = Date.UTC(2105, 0, 1);

/**
 * A window cut into what each table answers, in ascending order: rows as they came in [from, minutesFrom) and [minutesTo, to),
 * minutes in [minutesFrom, hoursFrom) and [hoursTo, minutesTo), hours in [hoursFrom, hoursTo). Any of them may be empty;
 * together they are the window, so their sums add up to exactly what it holds.
 */
export type WindowParts = {
  from: Date;
  minutesFrom: Date;
  hoursFrom: Date;
  hoursTo: Date;
  minutesTo: Date;
  to: Date;
};

/** The coarsest rollup that may be read: `raw` for steps shorter than a minute, `minute` for those shorter than an hour. */
export type Coarsest = 'raw' | 'minute' | 'hour';

/**
 * Cuts [from, to). Where single rows have expired, an end that cuts a minute is moved out to the whole minute, and where
 * minutes have, to the whole hour: `from` and `to` of the answer say what is answered.
 */
export function windowParts(
  window: { from: Date; to: Date },
  now: Date,
  coarsest: Coarsest = 'hour',
): WindowParts {
  const from = keptStart(window.from.getTime(), now.getTime());
  const to = keptEnd(window.to.getTime(), now.getTime());
  if (coarsest === 'raw') return dates(from, to, to, to, to, to);
  const minutesFrom = ceil(from, minuteMs);
  const minutesTo = floor(Math.min(to, latestMinuteMs), minuteMs);
  if (minutesFrom >= minutesTo) return dates(from, to, to, to, to, to);
  const hoursFrom = ceil(minutesFrom, hourMs);
  const hoursTo = floor(minutesTo, hourMs);
  if (coarsest === 'minute' || hoursFrom >= hoursTo)
    return dates(from, minutesFrom, minutesTo, minutesTo, minutesTo, to);
  return dates(from, minutesFrom, hoursFrom, hoursTo, minutesTo, to);
}

/** Whether the rows of the whole window are still kept one by one. */
export function isKeptRaw(window: { from: Date }, now: Date): boolean {
  return window.from.getTime() >= now.getTime() - rawKeptMs;
}

/** The shortest time the figures of a window can be told apart by: what is kept of its start. */
export function leastStepMs(window: { from: Date }, now: Date): number {
  return keptGrain(window.from.getTime(), now.getTime());
}

function keptStart(at: number, now: number): number {
  return floor(at, keptGrain(at, now));
}

function keptEnd(at: number, now: number): number {
  return ceil(at, keptGrain(at, now));
}

function keptGrain(at: number, now: number): number {
  if (at >= now - rawKeptMs) return 1;
  return at >= now - minutesKeptMs ? minuteMs : hourMs;
}

function floor(at: number, grainMs: number): number {
  return Math.floor(at / grainMs) * grainMs;
}

function ceil(at: number, grainMs: number): number {
  return Math.ceil(at / grainMs) * grainMs;
}

function dates(
  from: number,
  minutesFrom: number,
  hoursFrom: number,
  hoursTo: number,
  minutesTo: number,
  to: number,
): WindowParts {
  return {
    from: new Date(from),
    minutesFrom: new Date(minutesFrom),
    hoursFrom: new Date(hoursFrom),
    hoursTo: new Date(hoursTo),
    minutesTo: new Date(minutesTo),
    to: new Date(to),
  };
}
