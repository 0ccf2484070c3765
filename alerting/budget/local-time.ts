const dayMs = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks in a zone show at an instant, as if they were UTC; whole seconds. */
export function localMs(ms: number, zone: string): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  formats.set(zone, format);
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/**
 * The instants, first to last, that a local time given as if it were UTC may be, by the offsets of the days around it.
 * Zones lie within a day of UTC.
 */
export function candidatesMs(local: number, zone: string): number[] {
  const offsets = new Set([-dayMs, 0, dayMs].map((aside) => localMs(local + aside, zone) - local - aside));
  return [...offsets].map((offset) => local - offset).sort((one, other) => one - other);
}

/**
 * The instant of a local time given as if it were UTC. One that comes twice when clocks go back is the first; one that
 * clocks going forward leave out is read by the offset before them, as RFC 5545 has it: 2:30 is then 3:30.
 */
export function instantOf(local: number, zone: string): number {
  const candidates = candidatesMs(local, zone);
  return candidates.find((ms) => localMs(ms, zone) === local) ?? Math.max(...candidates);
}
