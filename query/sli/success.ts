import { countedSli } from './counted.js';

/** Whatever did not end ok is bad, throttled and rejected calls too. */
export const success = countedSli({
  says: 'ended ok, of all',
  good: (sums) => sums.ok,
  total: (sums) => sums.n,
  coldBad: (sums) => sums.cold_bad,
});
