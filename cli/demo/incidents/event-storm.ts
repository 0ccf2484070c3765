import type { Incident } from './incident.js';

export const eventStorm: Incident = {
  name: 'event-storm',
  title: 'clickstream-collect gets eight times its load',
  cause: 'A new app version sends every scroll as an event of its own.',
  durationMinutes: 30,
  isHarmful: true,
  effects: () => [{ functions: ['clickstream-collect'], rateFactor: 8, slower: 1.4 }],
};
