import type { Incident } from './incident.js';

export const dlqGrowth: Incident = {
  name: 'dlq-growth',
  title: 'orders-to-lake refuses a new message format',
  cause:
    'order-events began to send schema version 3, which orders-to-lake does not know: its messages end in the dead-letter queue.',
  durationMinutes: 60,
  isHarmful: true,
  effects: () => [
    {
      functions: ['orders-to-lake'],
      errorRatio: 0.98,
      error: { type: 'SchemaError', message: 'unknown schemaVersion 3' },
    },
  ],
};
