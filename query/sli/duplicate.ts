import type { Sli } from './sli.js';

/** Good is an event that had not been processed before. */
export const duplicate: Sli = { good: (sums) => sums.n - sums.duplicates, total: (sums) => sums.n };
