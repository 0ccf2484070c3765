import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createActionBook } from '../../../alerting/actions/action-book.js';
import { casesOf } from '../../../alerting/routing/case.js';
import type { StoredSilence } from '../../../alerting/silences/silence-state.js';
import { defaultTenant } from '../../../schemas/access.js';
import type { IncidentEvent } from '../../../schemas/alerting/incident-event.js';
import { eventOf, settingsOf, startMs } from '../routing/support.js';

const minuteMs = 60_000;
const { actions } = settingsOf({
  actions: [
    { name: 'roll-back', match: { rule: 'version-regression' }, receiver: 'deployer', dryRun: false },
    { name: 'pause', match: { rule: 'dlq-growth' }, on: ['fired', 'resolved'], receiver: 'pauser' },
    {
      name: 'freeze',
      match: { rule: ['budget-exhausted', 'telemetry-lost'], slo: 'checkout-succeeds' },
      on: ['fired', 'resolved'],
      receiver: 'deployer',
      dryRun: false,
    },
  ],
});
const of = (id: string, kind: IncidentEvent['kind'], atMs: number, given: Partial<IncidentEvent> = {}) =>
  eventOf({
    rule: 'version-regression',
    ...given,
    labels: { function: 'checkout', ...given.labels },
    incidentId: id,
    sequence: kind === 'fired' ? 1 : 2,
    kind,
    atMs: startMs + atMs,
  });

type Look = { events: IncidentEvent[]; atMs: number; silences?: StoredSilence[] };

/** What is decided look by look; what was written before is known. */
function decided(looks: readonly Look[]): string[] {
  const book = createActionBook(actions, null);
  return looks.flatMap(({ events, atMs, silences = [] }) => {
    const ids = [...new Set(events.map(({ incidentId }) => incidentId))];
    const cases = ids.flatMap((id) => casesOf(events.filter(({ incidentId }) => incidentId === id)));
    const notices = book.decide(defaultTenant, { cases, silences, nowMs: startMs + atMs });
    book.written(defaultTenant, notices);
    return notices.map(
      ({ group, receiver }) => `${receiver} ${group['action']} ${group['on']} ${group['outcome']}`,
    );
  });
}

const first = of('a', 'fired', 0);
const silence: StoredSilence = {
  id: 's',
  match: { function: ['checkout'] },
  fromMs: startMs,
  untilMs: startMs + 60 * minuteMs,
  recurrence: null,
  author: 'ann',
  reason: 'load test',
  createdAtMs: startMs,
  ended: null,
};
const cases: readonly { says: string; looks: readonly Look[]; is: string[] }[] = [
  {
    says: 'what matches is done, once',
    looks: [
      { events: [first], atMs: 0 },
      { events: [first], atMs: 1000 },
    ],
    is: ['deployer roll-back fired done'],
  },
  {
    says: 'the same again within its time is written down and not done',
    looks: [
      { events: [first], atMs: 0 },
      { events: [first, of('b', 'fired', 5 * minuteMs)], atMs: 5 * minuteMs },
      { events: [of('c', 'fired', 31 * minuteMs)], atMs: 31 * minuteMs },
    ],
    is: [
      'deployer roll-back fired done',
      'inbox roll-back fired cooling-down',
      'deployer roll-back fired done',
    ],
  },
  {
    says: 'another function does not cool down with it',
    looks: [{ events: [first, of('b', 'fired', 1, { labels: { function: 'search' } })], atMs: 1000 }],
    is: ['deployer roll-back fired done', 'deployer roll-back fired done'],
  },
  {
    says: 'a dry run is only written down, and the end is an event of its own',
    looks: [
      {
        events: [
          of('q', 'fired', 0, { rule: 'dlq-growth' }),
          of('q', 'resolved', 1000, { rule: 'dlq-growth' }),
        ],
        atMs: 2000,
      },
    ],
    is: ['inbox pause fired dry-run', 'inbox pause resolved dry-run'],
  },
  { says: 'what happened long ago is left', looks: [{ events: [first], atMs: 16 * minuteMs }], is: [] },
  {
    says: 'what is silenced triggers nothing',
    looks: [{ events: [first], atMs: 0, silences: [silence] }],
    is: [],
  },
  {
    says: 'the state of one objective acts, and its end undoes it at once; that of another does not',
    looks: [
      {
        events: [
          of('s', 'fired', 0, { rule: 'budget-exhausted', sloId: 'checkout-succeeds', labels: {} }),
          of('s', 'resolved', 1000, { rule: 'budget-exhausted', sloId: 'checkout-succeeds', labels: {} }),
          of('t', 'fired', 0, { rule: 'budget-exhausted', sloId: 'search-quick', labels: {} }),
        ],
        atMs: 2000,
      },
    ],
    is: ['deployer freeze fired done', 'deployer freeze resolved done'],
  },
  {
    says: 'another rule triggers nothing',
    looks: [{ events: [of('a', 'fired', 0, { rule: 'slo-burn' })], atMs: 0 }],
    is: [],
  },
];
for (const { says, looks, is } of cases) test(`actions: ${says}`, () => assert.deepEqual(decided(looks), is));

test('actions: a process that starts anew knows what was decided from its notices', () => {
  const facts = { cases: casesOf([first]), silences: [], nowMs: startMs };
  const before = createActionBook(actions, null);
  const notices = before.decide(defaultTenant, facts);
  assert.deepEqual(notices[0]?.title, 'roll-back, because an incident fires: Objective a burns');
  const after = createActionBook(actions, null);
  after.written(defaultTenant, notices);
  assert.deepEqual(after.decide(defaultTenant, facts), []);
  const again = casesOf([of('b', 'fired', minuteMs)]);
  const [cooling] = after.decide(defaultTenant, { ...facts, cases: again, nowMs: startMs + minuteMs });
  assert.match(cooling?.text ?? '', /Not done: the same was done a short time ago/);
});
