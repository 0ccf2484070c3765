const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * A wall time is what clocks in a zone show, as if that were UTC, in milliseconds: arithmetic on it is arithmetic of
 * clocks and calendars. It is the zone's rules, which change twice a year, that make instants of it.
 */
export function parseWall(text: string): number {
  return Date.parse(`${text}:00Z`);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks in a zone show at an instant; whole seconds. */
export function wallAt(atMs: number, zone: string): number {
  if (zone === 'UTC') return Math.floor(atMs / 1000) * 1000;
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
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** The first instant at which clocks show a wall time; where they jump over it, the instant of the jump. */
export function instantOf(wallMs: number, zone: string): number {
  if (zone === 'UTC') return wallMs;
  // Zones lie within a day of UTC: of the offsets in force around, one is that of the instant looked for.
  const offsets = new Set([-dayMs, 0, dayMs].map((aside) => wallAt(wallMs + aside, zone) - (wallMs + aside)));
  const candidates = [...offsets].map((offset) => wallMs - offset).sort((one, other) => one - other);
  const exact = candidates.find((ms) => wallAt(ms, zone) === wallMs);
  if (exact !== undefined) return exact;
  let low = Math.min(...candidates);
  let high = Math.max(...candidates);
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (wallAt(middle, zone) >= wallMs) high = middle;
    else low = middle;
  }
  return high;
}
