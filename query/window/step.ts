const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Steps people read without thinking, each a divisor or a multiple of the hour. */
const stepsMs = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * secondMs),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minuteMs),
  ...[1, 2, 3, 6, 12].map((n) => n * hourMs),
  ...[1, 2, 7, 14, 28].map((n) => n * dayMs),
];

/** The shortest good step, `leastMs` or longer, that cuts the window into at most `most` columns. */
export function stepFor(window: { from: Date; to: Date }, most: number, leastMs: number): number {
  const longest = stepsMs.at(-1) ?? dayMs;
  const fits = (stepMs: number) => stepMs >= leastMs && columnsOf(window, stepMs).length <= most;
  return stepsMs.find(fits) ?? longest;
}

/** The starts of all steps that touch the window. Steps begin at multiples of their length, so the first may start before it. */
export function columnsOf({ from, to }: { from: Date; to: Date }, stepMs: number): Date[] {
  const first = Math.floor(from.getTime() / stepMs) * stepMs;
  const count = Math.ceil((to.getTime() - first) / stepMs);
  // Never more than anyone may ask for: the caller compares the length with its own limit.
  return Array.from({ length: Math.min(count, 20_000) }, (_, index) => new Date(first + index * stepMs));
}

/** The coarsest table that can still be summed into such steps. */
export function coarsestFor(stepMs: number): 'raw' | 'minute' | 'hour' {
  if (stepMs % hourMs === 0) return 'hour';
  return stepMs % minuteMs === 0 ? 'minute' : 'raw';
}
