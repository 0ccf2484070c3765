import { countedSli } from './counted.js';

export const duplicate = countedSli({
  says: 'events not processed before, of all',
  good: (sums) => sums.n - sums.duplicates,
  total: (sums) => sums.n,
});
