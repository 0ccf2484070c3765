import type { Incident } from './incident.js';

export const slowDependency: Incident = {
  name: 'slow-dependency',
  title: 'The payment provider answers slowly',
  cause: 'The payment provider takes seven times as long and fails now and then; our own code is unchanged.',
  durationMinutes: 45,
  isHarmful: true,
  effects: () => [{ dependency: { name: 'payment-provider', slower: 7, failureRatio: 0.03 } }],
};
