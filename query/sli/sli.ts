/** Sums over the invocations of one step and one set of labels. */
export type Sums = {
  n: number;
  ok: number;
  timeouts: number;
  throttles: number;
  /** All but throttled and rejected calls. */
  ran: number;
  cold_starts: number;
  retries: number;
  duplicates: number;
};

/** A service level indicator as two counts. `good` and `total` add up over any steps, so no ratio is ever averaged. */
export type Sli = {
  good: (sums: Sums) => number;
  total: (sums: Sums) => number;
};
