import assert from 'node:assert/strict';
import { test } from 'node:test';
import { casesOf } from '../../../alerting/routing/case.js';
import type { DeployWindow } from '../../../alerting/routing/mutes.js';
import { type Plan, plan, stormAbove } from '../../../alerting/routing/plan.js';
import { addNotice, type Thread } from '../../../alerting/routing/thread.js';
import type { StoredSilence } from '../../../alerting/silences/silence-state.js';
import type { IncidentEvent } from '../../../schemas/alerting/incident-event.js';
import type { AlertingSettings } from '../../../schemas/config/alerting.js';
import { eventOf, settingsOf, startMs } from './support.js';

const minuteMs = 60_000;

/** What is told as time goes on: each look plans from all events so far and what was planned before. */
function teller(
  settings: AlertingSettings,
  silences: StoredSilence[] = [],
  deployWindows: DeployWindow[] = [],
) {
  const threads = new Map<string, Thread>();
  const events: IncidentEvent[] = [];
  const look = (atMs: number): Plan => {
    const byIncident = new Map<string, IncidentEvent[]>();
    for (const event of events)
      byIncident.set(event.incidentId, [...(byIncident.get(event.incidentId) ?? []), event]);
    const cases = [...byIncident.values()].flatMap(casesOf);
    const open = [...threads.values()].filter(({ isEnded }) => !isEnded);
    const planned = plan({ cases, threads: open, settings, silences, deployWindows, nowMs: startMs + atMs });
    for (const notice of planned.notices) addNotice(threads, notice);
    return planned;
  };
  return {
    add: (...given: IncidentEvent[]) => events.push(...given),
    look,
    told: (atMs: number) =>
      look(atMs).notices.map(({ receiver, kind, standings }) =>
        `${receiver} ${kind} ${standings.map(({ incidentId }) => incidentId).join('+')}`.trim(),
      ),
  };
}

const fired = (incidentId: string, atMs = 0, given: Partial<IncidentEvent> = {}) =>
  eventOf({ ...given, incidentId, sequence: 1, kind: 'fired', atMs: startMs + atMs });
const then = (
  incidentId: string,
  sequence: number,
  kind: IncidentEvent['kind'],
  atMs: number,
  given: Partial<IncidentEvent> = {},
) => eventOf({ ...given, incidentId, sequence, kind, atMs: startMs + atMs });

const silence: StoredSilence = {
  id: 's',
  match: { team: ['payments'] },
  fromMs: startMs,
  untilMs: startMs + 60 * minuteMs,
  recurrence: null,
  author: 'ann',
  reason: 'load test',
  createdAtMs: startMs,
  ended: null,
};

test('a group waits for others, is told at once, and ends with the last of them', () => {
  const { add, told } = teller(settingsOf({ repeatMs: '1h' }));
  add(fired('a'), fired('b', 10_000), fired('c', 0, { labels: { environment: 'staging' } }));
  assert.deepEqual(told(29_000), []);
  assert.deepEqual(told(30_000), ['inbox firing a+b', 'inbox firing c']);
  assert.deepEqual(told(31_000), []);
  add(then('a', 2, 'resolved', 40_000));
  assert.deepEqual(told(41_000), [], 'a part of it over can wait for the interval');
  assert.deepEqual(told(30_000 + 5 * minuteMs), ['inbox update a']);
  assert.deepEqual(told(30_000 + 60 * minuteMs), ['inbox reminder'], 'c, an hour after it was told');
  add(then('b', 2, 'resolved', 61 * minuteMs), then('c', 2, 'resolved', 61 * minuteMs));
  assert.deepEqual(told(61 * minuteMs), ['inbox resolved b', 'inbox resolved c']);
  assert.deepEqual(told(24 * 60 * minuteMs), []);
});

test('one that fires later begins a thread of its own: pages after the wait, tickets after the interval', () => {
  const { add, told } = teller(settingsOf({}));
  add(fired('a'));
  assert.deepEqual(told(30_000), ['inbox firing a']);
  add(fired('b', minuteMs), fired('t', minuteMs, { severity: 'ticket', labels: { environment: 'staging' } }));
  assert.deepEqual(told(90_000), ['inbox firing b', 'inbox firing t']);
  add(fired('u', 2 * minuteMs, { severity: 'ticket', labels: { environment: 'staging' } }));
  assert.deepEqual(told(4 * minuteMs), []);
  assert.deepEqual(told(90_000 + 5 * minuteMs), ['inbox firing u']);
});

test('one that is over before the wait is told to nobody', () => {
  const { add, told } = teller(settingsOf({}));
  add(fired('a'), then('a', 2, 'resolved', 20_000));
  assert.deepEqual(told(minuteMs), []);
});

test('a silence holds what fires, tells it when it ends, and never holds a resolve', () => {
  const { add, look, told } = teller(settingsOf({}), [silence]);
  add(fired('quiet'));
  const { notices, held } = look(minuteMs);
  assert.deepEqual([notices, held[0]?.reason, held[0]?.says], [[], 'silence', 'Silenced by ann: load test']);
  assert.deepEqual(told(60 * minuteMs), ['inbox firing quiet']);
  const later = teller(settingsOf({}), [{ ...silence, fromMs: startMs + 5 * minuteMs }]);
  later.add(fired('loud'));
  assert.deepEqual(later.told(minuteMs), ['inbox firing loud']);
  later.add(then('loud', 2, 'escalated', 6 * minuteMs));
  assert.deepEqual(later.told(7 * minuteMs), [], 'news of what is silenced waits');
  later.add(then('loud', 3, 'resolved', 8 * minuteMs));
  assert.deepEqual(later.told(8 * minuteMs), ['inbox resolved loud']);
});

test('a ticket that becomes a page is told to those who hear pages, and is over for them when it eases', () => {
  const { add, told } = teller(
    settingsOf({
      waitMs: 0,
      receivers: [],
      routes: [
        { match: { severity: 'page' }, to: ['pager', 'chat'] },
        { match: { severity: 'ticket' }, to: ['chat'] },
      ],
    }),
  );
  add(fired('a', 0, { severity: 'ticket' }));
  assert.deepEqual(told(0), ['chat firing a']);
  add(then('a', 2, 'escalated', minuteMs));
  assert.deepEqual(told(minuteMs), ['chat update a', 'pager firing a']);
  add(then('a', 3, 'eased', 10 * minuteMs, { severity: 'ticket' }));
  assert.deepEqual(told(10 * minuteMs), ['chat update a', 'pager resolved a']);
  add(then('a', 4, 'escalated', 20 * minuteMs));
  assert.deepEqual(told(20 * minuteMs), ['chat update a', 'pager firing a'], 'it pages again');
  add(then('a', 5, 'resolved', 30 * minuteMs));
  assert.deepEqual(told(30 * minuteMs), ['chat resolved a', 'pager resolved a']);
});

const onCall = {
  receivers: [],
  waitMs: 0,
  people: [
    { name: 'ann', receivers: ['ann-phone'] },
    { name: 'bob', receivers: ['bob-phone'] },
  ],
  schedules: [
    { name: 'first', rotations: [{ people: ['ann', 'bob'], start: '2026-03-02T10:05', every: '1h' }] },
  ],
  escalations: [
    {
      name: 'team',
      steps: [
        { after: '5m', to: ['schedule:first'] },
        { after: '20m', to: ['person:bob', 'receiver:lead'] },
      ],
    },
  ],
  routes: [{ to: ['chat'], escalation: 'team' }],
};

test('what nobody acknowledges goes up the steps, to who is on call at that time, and all of them hear the end', () => {
  const { add, told } = teller(settingsOf(onCall));
  add(fired('a'));
  assert.deepEqual(told(0), ['chat firing a']);
  assert.deepEqual(told(5 * minuteMs), ['ann-phone firing a']);
  assert.deepEqual(told(20 * minuteMs), ['bob-phone firing a', 'lead firing a']);
  add(then('a', 2, 'resolved', 30 * minuteMs));
  assert.deepEqual(told(30 * minuteMs).sort(), [
    'ann-phone resolved a',
    'bob-phone resolved a',
    'chat resolved a',
    'lead resolved a',
  ]);
});

test('an acknowledged one goes no further, and whoever was told hears of the acknowledgement', () => {
  const { add, told } = teller(settingsOf(onCall));
  add(fired('a'));
  assert.deepEqual(told(6 * minuteMs), ['chat firing a', 'ann-phone firing a']);
  add(then('a', 2, 'acknowledged', 7 * minuteMs, { author: 'ann' }));
  assert.deepEqual(told(7 * minuteMs), ['chat update a', 'ann-phone update a']);
  assert.deepEqual(told(9 * 60 * minuteMs), [], 'no step and no reminder');
});

test('a step to a schedule without anybody tells the default receivers', () => {
  const { add, told } = teller(
    settingsOf({
      ...onCall,
      schedules: [{ name: 'first', rotations: [{ people: ['ann'], start: '2027-01-01T00:00' }] }],
    }),
  );
  add(fired('a'));
  assert.deepEqual(told(5 * minuteMs), ['chat firing a', 'inbox firing a']);
});

const deploying: DeployWindow = {
  function: 'checkout',
  environment: '',
  region: '',
  version: 'v2',
  fromMs: startMs - minuteMs,
  untilMs: startMs + 10 * minuteMs,
};
const ofCheckout = (burn: string | null): Partial<IncidentEvent> => ({
  labels: { function: 'checkout' },
  facts: burn === null ? [] : [{ label: 'Burn rate, 1h', value: burn }],
});

test('a deployment holds a slow burn until it is over, never one above the guard, and never a rule without a burn', () => {
  const { add, look, told } = teller(settingsOf({ waitMs: 0 }), [], [deploying]);
  add(
    fired('slow', 0, ofCheckout('6.2×')),
    fired('fast', 0, ofCheckout('14.4×')),
    fired('dlq', 0, { ...ofCheckout(null), rule: 'dlq-growth' }),
  );
  const first = look(0);
  assert.deepEqual(
    first.notices.flatMap(({ standings }) => standings.map(({ incidentId }) => incidentId)),
    ['dlq', 'fast'],
  );
  assert.deepEqual(
    first.held.map(({ reason, says }) => `${reason}: ${says}`),
    ['deploy-window: Version v2 of checkout is being deployed'],
  );
  assert.deepEqual(told(10 * minuteMs), ['inbox firing slow']);
});

test('inhibited, joined and double ones are held for as long as the other is open', () => {
  const inhibit = [{ source: { severity: 'page' }, target: { severity: 'ticket' }, equal: ['function'] }];
  const { add, look, told } = teller(settingsOf({ waitMs: 0, inhibit, groupBy: [] }));
  add(
    fired('page', 0, { labels: { function: 'f' } }),
    fired('ticket', 0, { severity: 'ticket', labels: { function: 'f' } }),
    fired('child', 0),
    then('child', 2, 'joined', 0, { parentId: 'page' }),
    fired('double', 1, { sloId: 'slo-page', labels: { function: 'f' } }),
  );
  const { notices, held } = look(1000);
  assert.deepEqual(
    notices.map(({ standings }) => standings.map(({ incidentId }) => incidentId)),
    [['page']],
  );
  assert.deepEqual(held.map(({ incidentId, reason }) => `${incidentId} ${reason}`).sort(), [
    'child joined',
    'double duplicate',
    'ticket inhibited',
  ]);
  add(then('page', 2, 'resolved', 2000));
  assert.deepEqual(
    told(3000),
    ['inbox resolved page', 'inbox firing child+double'],
    'the double one is a page, and holds the ticket in turn',
  );
});

test('a route that is muted at a time tells nothing new then', () => {
  const muted = settingsOf({
    waitMs: 0,
    muteTimes: [{ name: 'the morning', rule: 'FREQ=DAILY', start: '2026-01-01T06:00', lasts: '6h' }],
    routes: [{ match: { severity: 'ticket' }, muteTimes: ['the morning'] }],
  });
  const { add, look, told } = teller(muted);
  add(fired('t', 0, { severity: 'ticket' }), fired('p'));
  const { notices, held } = look(0);
  assert.deepEqual(
    [notices.length, held[0]?.says, held[0]?.untilMs],
    [1, 'It is the morning', startMs + 2 * 60 * minuteMs],
  );
  assert.deepEqual(told(2 * 60 * minuteMs), ['inbox firing t']);
});

test('a storm of groups is one notice to one receiver, with everything in it', () => {
  const { add, look, told } = teller(settingsOf({ waitMs: 0, groupBy: ['slo'] }));
  const ids = Array.from({ length: 5000 }, (_, index) => `i${index}`);
  add(...ids.map((id) => fired(id)));
  const { notices } = look(0);
  assert.equal(notices.length, 1);
  assert.equal(notices[0]?.standings.length, 5000);
  add(...ids.slice(1).map((id) => then(id, 2, 'resolved', 1000)));
  assert.equal(told(5 * minuteMs).length, 1);
  add(then('i0', 2, 'resolved', 6 * minuteMs));
  assert.deepEqual(told(6 * minuteMs), ['inbox resolved i0']);
  const few = teller(settingsOf({ waitMs: 0, groupBy: ['slo'] }));
  few.add(...ids.slice(0, stormAbove).map((id) => fired(id)));
  assert.equal(few.look(0).notices.length, stormAbove);
});
