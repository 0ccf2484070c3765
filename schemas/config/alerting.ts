import { z } from 'zod';
import { LabelMatch, LabelName } from '../alerting/labels.js';
import { Recurrence } from '../alerting/recurrence.js';
import type { DeepReadonly } from './deep-readonly.js';
import { duration } from './duration.js';
import { httpUrl } from './http-url.js';
import { Escalation, Person, Schedule } from './oncall.js';
import { inboxName, Receiver } from './receivers.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const names = z.array(z.string().min(1)).min(1, { error: 'must name at least one receiver' }).max(20);
const wait = duration({ atLeastMs: 0, atMostMs: hourMs });
const interval = duration({ atLeastMs: 0, atMostMs: dayMs });
const repeat = duration({ atLeastMs: 60_000, atMostMs: 30 * dayMs });
const usd = z
  .union([z.string(), z.number().nonnegative()], { error: 'must be dollars such as "50" or "12.5"' })
  .transform(String)
  .pipe(z.string().regex(/^\d{1,12}(\.\d{1,12})?$/, { error: 'must be dollars such as "50" or "12.5"' }));
const groupBy = z.array(LabelName, { error: 'must be a list of labels' }).max(14);

const routeFields = {
  match: LabelMatch.default({}),
  to: names.optional().meta({ description: 'Receivers; left out: those of the route above' }),
  escalation: z.string().optional(),
  groupBy: groupBy.optional(),
  wait: wait.optional(),
  interval: interval.optional(),
  repeat: repeat.optional(),
  muteTimes: z.array(z.string()).optional(),
  goOn: z.boolean().optional().meta({ description: 'Routes below are asked even if this one matches' }),
};
type Route = z.output<z.ZodObject<typeof routeFields>> & { routes?: Route[] | undefined };
const Route: z.ZodType<Route> = z.lazy(() =>
  z.strictObject({ ...routeFields, routes: z.array(Route).max(200).optional() }),
);
export type RouteSettings = DeepReadonly<Route>;

/** A report that is sent without being asked for. */
const Report = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: 'must be lower-case letters, digits and "-"' }),
  content: z.enum(['slo-review', 'cost']),
  every: z.enum(['week', 'month']),
  zone: z.string().default('UTC'),
  hour: z.int().min(0).max(23).default(8),
  to: names,
  teams: z.array(z.string()).optional(),
});

/** Who is told of what, how and when. */
export const Alerting = z.strictObject({
  publicUrl: httpUrl({ path: true, credentialsGoTo: 'nothing: it is shown to readers', pathGoesTo: '' })
    .nullable()
    .prefault(null)
    .describe('Address readers of notices reach this Coldburn at, for links. Without it notices have none.'),
  receivers: z
    .array(Receiver, { error: 'must be a list of receivers' })
    .prefault([])
    .describe(`Where notices go, by name. "${inboxName}" is always there. See docs/notifications.md.`),
  to: names.prefault([inboxName]).describe('Receivers of what no route matches.'),
  groupBy: groupBy
    .prefault(['owner', 'environment'])
    .describe('Incidents with the same of these labels are told in one notice.'),
  waitMs: wait.prefault('30s').describe('How long the first of a group waits for others.'),
  intervalMs: interval
    .prefault('5m')
    .describe('Least time between two notices of a group about further ones.'),
  repeatMs: repeat.prefault('4h').describe('How often it is said again what nobody acknowledged.'),
  routes: z
    .array(Route, { error: 'must be a list of routes' })
    .prefault([])
    .describe('A tree: the first route that matches decides, and within it the first below that matches.'),
  inhibit: z
    .array(
      z.strictObject({ source: LabelMatch, target: LabelMatch, equal: z.array(LabelName).default([]) }),
      {
        error: 'must be a list of {source, target, equal}',
      },
    )
    .prefault([])
    .describe('While a `source` is open, no `target` with the `equal` labels the same is told.'),
  muteTimes: z
    .array(Recurrence.extend({ name: z.string().min(1) }), { error: 'must be a list of mute times' })
    .prefault([])
    .describe('Times, by name, at which the routes that name them tell of nothing new.'),
  people: z
    .array(Person, { error: 'must be a list of {name, receivers}' })
    .prefault([])
    .describe('Who can be on call, and how they are reached.'),
  schedules: z
    .array(Schedule, { error: 'must be a list of schedules' })
    .prefault([])
    .describe('Who is on call when: rotations and overrides.'),
  escalations: z
    .array(Escalation, { error: 'must be a list of escalations' })
    .prefault([])
    .describe('Who else is told of what nobody acknowledges, and after how long.'),
  ownership: z
    .array(
      z.strictObject({ match: LabelMatch, owner: z.string().min(1), team: z.string().min(1).optional() }),
      { error: 'must be a list of {match, owner, team}' },
    )
    .prefault([])
    .describe('Owner and team of incidents whose objective and telemetry name none; the first that matches.'),
  deployWindows: z
    .strictObject({
      lastsMs: duration({ atLeastMs: 0, atMostMs: dayMs })
        .prefault('10m')
        .describe(
          'For so long after a deployment without an end, new tickets and pages of its function wait. 0 for none.',
        ),
      guardBurn: z
        .number({ error: 'must be a number' })
        .min(1, { error: 'must be 1 or more' })
        .prefault(10)
        .describe('A burn rate from here on is told at once, deployment or not.'),
    })
    .prefault({}),
  costAlerts: z
    .strictObject({
      ticketUsdPerDay: usd
        .prefault('5')
        .describe('A function that costs at least so much more a day than usual is a ticket.'),
      pageUsdPerDay: usd
        .prefault('50')
        .describe(
          'What runs away pages from so much a day on; less is a ticket, unless it is a loop of retries.',
        ),
    })
    .prefault({}),
  outgoing: z
    .strictObject({
      allow: z
        .array(z.string().min(1), { error: 'must be a list of addresses' })
        .prefault([])
        .describe(
          'Private addresses that notices may go to: "10.1.0.0/16", "127.0.0.1". Others that are not public are refused.',
        ),
      timeoutMs: duration({ atLeastMs: 100, atMostMs: 120_000 })
        .prefault('10s')
        .describe('Longest time one receiver may take to answer.'),
      giveUpMs: duration({ atLeastMs: 60_000, atMostMs: 30 * dayMs })
        .prefault('3d')
        .describe('A notice that cannot be delivered is tried for so long.'),
    })
    .prefault({}),
  actions: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: 'must be lower-case letters, digits and "-"' }),
        match: LabelMatch,
        on: z
          .array(z.enum(['fired', 'escalated', 'resolved']))
          .min(1)
          .default(['fired']),
        receiver: z.string().min(1),
        dryRun: z.boolean().default(true),
        coolDown: duration({ atLeastMs: 0, atMostMs: 30 * dayMs }).prefault('30m'),
      }),
      { error: 'must be a list of actions' },
    )
    .prefault([])
    .describe(
      'Signed webhooks that act: roll back, pause a trigger. Written down only, unless dryRun is false.',
    ),
  reports: z
    .array(Report, { error: 'must be a list of reports' })
    .prefault([])
    .describe(
      'Reports sent on a schedule: how objectives did in the week or month before (slo-review), or what functions cost (cost).',
    ),
});
export type AlertingSettings = DeepReadonly<z.output<typeof Alerting>>;
