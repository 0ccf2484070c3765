import type { Incident } from './incident.js';

export const coldStartStorm: Incident = {
  name: 'cold-start-storm',
  title: 'cart-api loses its warm instances again and again',
  cause:
    'A larger package doubles the start of cart-api, and the platform keeps replacing its instances: most runs wait for a cold start.',
  durationMinutes: 30,
  isHarmful: true,
  effects: () => [{ functions: ['cart-api'], recycledRatio: 0.9, coldSlower: 2.4 }],
};
