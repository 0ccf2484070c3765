const minuteMs = 60_000;

/** Fixed times of the ledger's work; what people may want to change is in the configuration. */
export const ledgerTiming = {
  /** Arrivals are looked for again this far back: an insert may be seen later than one that began after it. */
  overlapMs: 2 * minuteMs,
  /** This long after an arrival, the sums by minute that came with it are visible too. */
  visibleMs: 15_000,
  /** Less than the arrivals are kept (4 days, schemas/sql/0029_slo_touched.sql). */
  arrivalsKeptMs: 3.5 * 24 * 60 * minuteMs,
  /** The last hours are read by minute and summed only when they are over. */
  openHours: 2,
  /** So long at most is history filled before what came is looked at again. */
  fillMs: 4_000,
} as const;
