import type { Incident } from './incident.js';

export const throttling: Incident = {
  name: 'throttling',
  title: 'fraud-score runs into its concurrency limit',
  cause: 'The reserved concurrency of fraud-score is lower than its load: a fifth of the calls get 429.',
  durationMinutes: 25,
  isHarmful: true,
  effects: () => [{ functions: ['fraud-score'], throttledRatio: 0.22 }],
};
