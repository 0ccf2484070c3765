import type { Incident } from './incident.js';

export const credentialRotation: Incident = {
  name: 'credential-rotation',
  title: 'The rotated mail password never reached the functions',
  cause: 'The secret of the mail provider was rotated without its functions: every call is answered 401.',
  durationMinutes: 20,
  isHarmful: true,
  effects: () => [
    {
      dependency: {
        name: 'mail-provider',
        slower: 0.4,
        failureRatio: 0.97,
        error: { type: 'AuthenticationError', message: 'mail-provider answered 401 Unauthorized' },
      },
    },
  ],
};
