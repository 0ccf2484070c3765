import { countedSli } from './counted.js';

export const timeout = countedSli({
  says: 'did not run into its time limit, of all',
  good: (sums) => sums.n - sums.timeouts,
  total: (sums) => sums.n,
});
