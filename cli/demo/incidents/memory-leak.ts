import type { Incident } from './incident.js';

/** Grows for the first two thirds, then instances die. */
export const memoryLeak: Incident = {
  name: 'memory-leak',
  title: 'product-chat leaks until it is out of memory',
  cause:
    'product-chat keeps every conversation in memory: it slows down over two hours, then its instances are killed.',
  durationMinutes: 150,
  isHarmful: true,
  effects: (elapsedRatio) => [
    {
      functions: ['product-chat'],
      slower: 1 + 5 * elapsedRatio,
      oomRatio: elapsedRatio < 0.66 ? 0 : 0.12,
      recycledRatio: elapsedRatio < 0.66 ? 0 : 0.3,
    },
  ],
};
