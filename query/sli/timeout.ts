import type { Sli } from './sli.js';

/** Good is what did not run into its time limit. */
export const timeout: Sli = { good: (sums) => sums.n - sums.timeouts, total: (sums) => sums.n };
