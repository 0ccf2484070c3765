import { countedSli } from './counted.js';

export const coldStart = countedSli({
  says: 'began on a warm instance, of all that ran',
  good: (sums) => sums.ran - sums.cold_starts,
  total: (sums) => sums.ran,
});
