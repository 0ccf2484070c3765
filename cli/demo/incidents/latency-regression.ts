import type { Incident } from './incident.js';

export const latencyRegression: Incident = {
  name: 'latency-regression',
  title: 'catalogue-api becomes slower by the hour',
  cause: 'An index of the catalogue was dropped; queries slow down as the table grows.',
  durationMinutes: 240,
  isHarmful: true,
  effects: (elapsedRatio) => [
    {
      functions: ['catalogue-api'],
      slower: 1 + 3 * elapsedRatio,
      errorRatio: 0.002 * elapsedRatio,
    },
  ],
};
