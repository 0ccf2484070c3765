import type { Incident } from './incident.js';

export const silentFunction: Incident = {
  name: 'silent-function',
  title: 'sessions-rollup is not started any more',
  cause: 'The schedule of sessions-rollup was deleted with an old stack: no runs, and so no errors either.',
  durationMinutes: 90,
  isHarmful: true,
  effects: () => [{ functions: ['sessions-rollup'], rateFactor: 0 }],
};
