import type { Sli } from './sli.js';

/** Good is what began on a warm instance, among all that ran. */
export const coldStart: Sli = { good: (sums) => sums.ran - sums.cold_starts, total: (sums) => sums.ran };
