/** Milliseconds since 1970 with the fraction an ISO instant carries; a Date would drop what is below a millisecond. */
export function instantMs(iso: string): number {
  const match = /^(.+:\d\d)\.(\d+)(Z)$/.exec(iso);
  if (match === null) return Date.parse(iso);
  return Date.parse(`${match[1]}Z`) + Number(`0.${match[2]}`) * 1000;
}
