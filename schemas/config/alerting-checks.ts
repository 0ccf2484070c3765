import { nearest } from '../nearest.js';
import { Zone } from '../slo/period.js';
import type { RouteSettings } from './alerting.js';
import type { AlertingConfig } from './config.js';
import type { CrossProblem } from './cross-checks.js';
import type { SettingPath } from './problem.js';
import { inboxName } from './receivers.js';

type Known = {
  receiver: string[];
  person: string[];
  schedule: string[];
  escalation: string[];
  muteTime: string[];
};
const words: Readonly<Record<keyof Known, string>> = {
  receiver: 'receiver',
  person: 'person',
  schedule: 'schedule',
  escalation: 'escalation',
  muteTime: 'mute time',
};

/** Names in alerting that stand for nothing, or for two things. */
export function alertingProblems(alerting: AlertingConfig): CrossProblem[] {
  const { receivers, people, schedules, escalations, muteTimes, actions, reports, routes, to } = alerting;
  const known: Known = {
    receiver: [inboxName, ...receivers.map(({ name }) => name)],
    person: people.map(({ name }) => name),
    schedule: schedules.map(({ name }) => name),
    escalation: escalations.map(({ name }) => name),
    muteTime: muteTimes.map(({ name }) => name),
  };
  const all = (names: readonly string[] | undefined, kind: keyof Known, path: SettingPath) =>
    (names ?? []).flatMap((name) => unknown(name, kind, known, path));
  const targets = escalations.flatMap(({ steps }, at) =>
    steps.flatMap((step, index) =>
      step.to.flatMap((target) => {
        const [kind, name] = splitTarget(target);
        return unknown(name, kind, known, ['alerting', 'escalations', at, 'steps', index, 'to']);
      }),
    ),
  );
  const inRoutes = (list: readonly RouteSettings[], above: SettingPath): CrossProblem[] =>
    list.flatMap((route, at) => {
      const path = [...above, at];
      const escalation = route.escalation === undefined ? [] : [route.escalation];
      return [
        ...all(route.to, 'receiver', [...path, 'to']),
        ...all(escalation, 'escalation', [...path, 'escalation']),
        ...all(route.muteTimes, 'muteTime', [...path, 'muteTimes']),
        ...inRoutes(route.routes ?? [], [...path, 'routes']),
      ];
    });
  const lists = { receivers, people, schedules, escalations, muteTimes, actions, reports };
  return [
    ...Object.entries(lists).flatMap(([key, list]) => twice(list, ['alerting', key])),
    ...all(to, 'receiver', ['alerting', 'to']),
    ...inRoutes(routes, ['alerting', 'routes']),
    ...people.flatMap((person, at) =>
      all(person.receivers, 'receiver', ['alerting', 'people', at, 'receivers']),
    ),
    ...schedules.flatMap(({ rotations, overrides }, at) => [
      ...rotations.flatMap(({ people: turn }, index) =>
        all(turn, 'person', ['alerting', 'schedules', at, 'rotations', index, 'people']),
      ),
      ...overrides.flatMap(({ person }, index) =>
        all([person], 'person', ['alerting', 'schedules', at, 'overrides', index, 'person']),
      ),
    ]),
    ...targets,
    ...actions.flatMap(({ receiver }, at) =>
      all([receiver], 'receiver', ['alerting', 'actions', at, 'receiver']),
    ),
    ...actions.flatMap(({ receiver }, at) =>
      notAnAction(receiver, alerting, ['alerting', 'actions', at, 'receiver']),
    ),
    ...reports.flatMap((report, at) => [
      ...all(report.to, 'receiver', ['alerting', 'reports', at, 'to']),
      ...notForReports(report.to, alerting, ['alerting', 'reports', at, 'to']),
      ...(Zone.safeParse(report.zone).success
        ? []
        : [
            {
              path: ['alerting', 'reports', at, 'zone'],
              says: 'must be an IANA time zone such as "Europe/Berlin"',
            },
          ]),
    ]),
  ];
}

/** `schedule:payments` as its two halves. */
export function splitTarget(target: string): ['schedule' | 'person' | 'receiver', string] {
  const [kind = '', ...rest] = target.split(':');
  const name = rest.join(':');
  if (kind === 'schedule' || kind === 'person') return [kind, name];
  return ['receiver', name];
}

function unknown(name: string, kind: keyof Known, known: Known, path: SettingPath): CrossProblem[] {
  if (known[kind].includes(name)) return [];
  const near = nearest(name, known[kind]);
  const hint = near === null ? '' : `; did you mean "${near}"?`;
  return [{ path, says: `names the ${words[kind]} "${name}", which there is none of${hint}` }];
}

function twice(list: readonly { name: string }[], path: SettingPath): CrossProblem[] {
  return list.flatMap(({ name }, at) =>
    list.slice(0, at).some((one) => one.name === name)
      ? [{ path: [...path, at, 'name'], says: `is "${name}" a second time; give each its own name` }]
      : [],
  );
}

/** A report is to be read, not to be resolved. */
const noReaders = ['pagerduty', 'opsgenie', 'alertmanager'];

function notForReports(
  names: readonly string[],
  { receivers }: AlertingConfig,
  path: SettingPath,
): CrossProblem[] {
  const wrong = receivers.find(({ kind, name }) => names.includes(name) && noReaders.includes(kind));
  if (wrong === undefined) return [];
  return [
    {
      path,
      says: `names "${wrong.name}", a ${wrong.kind}: reports go to channels, mail, webhooks or trackers`,
    },
  ];
}

/** What acts must be told in a way a program can check: a signed webhook. */
function notAnAction(name: string, { receivers }: AlertingConfig, path: SettingPath): CrossProblem[] {
  const receiver = receivers.find((one) => one.name === name);
  if (receiver === undefined) return [];
  if (receiver.kind === 'webhook' && receiver.signWith !== undefined) return [];
  return [{ path, says: `must be a webhook with signWith: what acts on it has to know who asks` }];
}
