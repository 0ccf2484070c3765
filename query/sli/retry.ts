import type { Sli } from './sli.js';

/** Good is a first attempt. */
export const retry: Sli = { good: (sums) => sums.n - sums.retries, total: (sums) => sums.n };
