import { Alerting } from '../../schemas/config/alerting.js';
import type { AlertingConfig } from '../../schemas/config/config.js';
import { shop } from './fleet/shop.js';

const teams = [...new Set(shop.functions.map(({ team }) => team))];

/**
 * Whom the shop of the demo would tell: a pager and a chat for each team, tickets for all. Each is an inbox, so nothing leaves
 * this machine, and `GET /api/v1/inbox` shows what would have. Settings of one's own come first.
 */
export function demoAlerting(given: AlertingConfig): AlertingConfig {
  if (given.receivers.length > 0 || given.routes.length > 0) return given;
  const inbox = (name: string) => ({ kind: 'inbox', name }) as const;
  const functionsOf = (team: string) =>
    shop.functions.filter((one) => one.team === team).map(({ name }) => name);
  const { routes, escalations, people, schedules, inhibit, ownership } = Alerting.parse({
    ownership: teams.map((team) => ({ match: { function: functionsOf(team) }, owner: team, team })),
    people: [
      { name: 'ann', receivers: ['lead-pager'] },
      { name: 'bob', receivers: ['lead-pager'] },
    ],
    schedules: [
      { name: 'leads', rotations: [{ people: ['ann', 'bob'], start: '2026-01-05T09:00', every: '7d' }] },
    ],
    escalations: [{ name: 'leads', steps: [{ after: '15m', to: ['schedule:leads'] }] }],
    inhibit: [{ source: { severity: 'page' }, target: { severity: 'ticket' }, equal: ['function'] }],
    routes: [
      ...teams.map((team) => ({
        match: { team },
        to: [`${team}-chat`],
        routes: [
          { match: { severity: 'page' }, to: [`${team}-pager`, `${team}-chat`], escalation: 'leads' },
          { match: { severity: 'ticket' }, to: ['tickets'] },
        ],
      })),
      { match: { severity: 'ticket' }, to: ['tickets'] },
    ],
  });
  const receivers = [
    ...teams.flatMap((team) => [inbox(`${team}-pager`), inbox(`${team}-chat`)]),
    inbox('lead-pager'),
    inbox('tickets'),
  ];
  return { ...given, receivers, routes, escalations, people, schedules, inhibit, ownership };
}
