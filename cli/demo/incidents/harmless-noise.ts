import type { Incident } from './incident.js';

export const harmlessNoise: Incident = {
  name: 'harmless-noise',
  title: 'gdpr-erase fails once or twice on a quiet day',
  cause: 'The archive is in maintenance. Each erasure is tried again and succeeds; nobody has to act.',
  durationMinutes: 180,
  isHarmful: false,
  effects: () => [{ functions: ['gdpr-erase'], errorRatio: 0.4 }],
};
