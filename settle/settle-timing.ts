const minuteMs = 60_000;

/** How the work is portioned; what an operator may change is in the configuration. */
export const settleTiming = {
  /** An insert can be seen a while after the time that its rows bear: no longer than an insert may take, twice. */
  overlapMs: 2 * minuteMs,
  /** Facts this near each other are settled as soon as the later one comes; the others by the next sweep. */
  hotMs: 10 * minuteMs,
  sweepEveryMs: minuteMs,
  /** A sweep reads what came in a day; it may take this share of all time. */
  sweepShare: 0.05,
  concurrencyEveryMs: 30_000,
  /** Whole hours of runs are read; it takes the same share of time at most as a sweep. */
  uniteEveryMs: 60_000,
  /** Arrivals looked at together, and facts asked for at once. */
  arrivalsAtOnce: 10_000,
  factsAtOnce: 100_000,
  /** Decisions in one batch; each makes at most two rows. */
  batchRows: 20_000,
} as const;
