import type { Sli } from './sli.js';

/** Good is what telemetry does not show as throttled; the provider counts throttles that send none. */
export const throttle: Sli = { good: (sums) => sums.n - sums.throttles, total: (sums) => sums.n };
