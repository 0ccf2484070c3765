import type { Sli } from './sli.js';

/** Good is what ended ok; whatever else happened is bad, throttled and rejected calls too. */
export const success: Sli = { good: (sums) => sums.ok, total: (sums) => sums.n };
