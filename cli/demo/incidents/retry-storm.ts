import type { Incident } from './incident.js';

export const retryStorm: Incident = {
  name: 'retry-storm',
  title: 'image-resize fails and every event is tried again, and paid again',
  cause:
    'A codec update makes image-resize throw near the end of its work; each upload is tried six times at full price.',
  durationMinutes: 50,
  isHarmful: true,
  effects: () => [
    {
      functions: ['image-resize'],
      errorRatio: 0.85,
      error: { type: 'OSError', message: 'encoder jpeg not available' },
      attempts: 6,
    },
  ],
};
