import { countedSli } from './counted.js';

export const retry = countedSli({
  says: 'first attempts, of all',
  good: (sums) => sums.n - sums.retries,
  total: (sums) => sums.n,
});
