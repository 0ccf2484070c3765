import type { Incident } from './incident.js';

export const badDeploy: Incident = {
  name: 'bad-deploy',
  title: 'checkout-api version 43 breaks one region',
  cause:
    'Version 43 of checkout-api reads a field that us-east-1 does not store; a third of its runs there throw.',
  durationMinutes: 35,
  isHarmful: true,
  effects: () => [
    {
      functions: ['checkout-api'],
      region: 'us-east-1',
      release: { version: '43', alias: 'live', share: 1 },
      onlyVersion: '43',
      errorRatio: 0.34,
      error: { type: 'TypeError', message: "Cannot read properties of undefined (reading 'taxRegion')" },
    },
  ],
};
