import type { Incident } from './incident.js';

export const lostTelemetry: Incident = {
  name: 'lost-telemetry',
  title: 'Half the spans of cart-api and order-events never arrive',
  cause:
    'A collector drops batches under memory pressure; the functions are fine, what we see of them is not.',
  durationMinutes: 40,
  isHarmful: true,
  effects: () => [{ functions: ['cart-api', 'order-events'], lostRatio: 0.5 }],
};
