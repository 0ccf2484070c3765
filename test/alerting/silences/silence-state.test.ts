import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleProblem, windowAt } from '../../../alerting/silences/recurrence-window.js';
import {
  heldAt,
  type StoredSilence,
  silenceState,
  silencing,
} from '../../../alerting/silences/silence-state.js';
import { Recurrence } from '../../../schemas/alerting/recurrence.js';

const at = (text: string) => Date.parse(text);
const nights = Recurrence.parse({
  rule: 'FREQ=DAILY',
  zone: 'Europe/Berlin',
  start: '2026-03-01T22:00',
  lasts: '8h',
});
const once: StoredSilence = {
  id: 's1',
  match: { team: ['payments'] },
  fromMs: at('2026-03-10T00:00:00Z'),
  untilMs: at('2026-03-11T00:00:00Z'),
  recurrence: null,
  author: 'ann',
  reason: 'moving house',
  createdAtMs: at('2026-03-09T00:00:00Z'),
  ended: null,
};
const repeated = { ...once, recurrence: nights, untilMs: at('2026-12-01T00:00:00Z') };

const windows = [
  {
    says: 'in the evening',
    at: '2026-03-10T21:00:00Z',
    is: ['2026-03-10T21:00:00.000Z', '2026-03-11T05:00:00.000Z'],
  },
  {
    says: 'past midnight',
    at: '2026-03-11T04:59:59Z',
    is: ['2026-03-10T21:00:00.000Z', '2026-03-11T05:00:00.000Z'],
  },
  { says: 'not by day', at: '2026-03-11T05:00:00Z', is: null },
  {
    says: 'a night in which clocks go forward is seven hours',
    at: '2026-03-29T00:30:00Z',
    is: ['2026-03-28T21:00:00.000Z', '2026-03-29T04:00:00.000Z'],
  },
  {
    says: 'a night in which they go back is nine hours',
    at: '2026-10-25T04:30:00Z',
    is: ['2026-10-24T20:00:00.000Z', '2026-10-25T05:00:00.000Z'],
  },
  { says: 'not before it starts', at: '2026-02-27T23:00:00Z', is: null },
];
for (const { says, at: when, is } of windows)
  test(`windowAt: ${says}`, () => {
    const found = windowAt(nights, at(when));
    const text =
      found === null ? null : [found.fromMs, found.untilMs].map((ms) => new Date(ms).toISOString());
    assert.deepEqual(text, is);
  });

test('rules of weeks and months, and one that never comes', () => {
  const with_ = (rule: string) => Recurrence.parse({ rule, start: '2026-01-01T06:00', lasts: '2h' });
  assert.notEqual(windowAt(with_('FREQ=WEEKLY;BYDAY=SA,SU'), at('2026-01-03T07:00:00Z')), null);
  assert.equal(windowAt(with_('FREQ=WEEKLY;BYDAY=SA,SU'), at('2026-01-05T07:00:00Z')), null);
  assert.notEqual(windowAt(with_('FREQ=MONTHLY;BYDAY=-1FR'), at('2026-01-30T06:00:00Z')), null);
  assert.match(ruleProblem(with_('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30')) ?? '', /never comes true/);
  assert.match(ruleProblem(with_('FREQ=WEEKLY;BYDAY=XX')) ?? '', /cannot be read/);
  assert.equal(ruleProblem(nights), null);
});

const states = [
  { says: 'before it begins', silence: once, at: '2026-03-09T23:59:59Z', is: 'waiting' },
  { says: 'while it lasts', silence: once, at: '2026-03-10T00:00:00Z', is: 'active' },
  { says: 'its end is not part of it', silence: once, at: '2026-03-11T00:00:00Z', is: 'over' },
  {
    says: 'ended before its time',
    silence: { ...once, ended: { atMs: at('2026-03-10T05:00:00Z'), author: 'bob', reason: 'done' } },
    at: '2026-03-10T06:00:00Z',
    is: 'over',
  },
  { says: 'between two of a repeated one', silence: repeated, at: '2026-03-12T12:00:00Z', is: 'waiting' },
  { says: 'within one', silence: repeated, at: '2026-03-12T23:00:00Z', is: 'active' },
];
for (const { says, silence, at: when, is } of states)
  test(`silenceState: ${says}`, () => assert.equal(silenceState(silence, at(when)), is));

test('of several silences the one that lasts longest counts, and only those whose labels match', () => {
  const noon = at('2026-03-10T12:00:00Z');
  const longer = { ...once, id: 's2', untilMs: once.untilMs + 1 };
  const other = { ...longer, id: 's3', match: { team: ['search'] }, untilMs: once.untilMs + 9 };
  assert.equal(silencing([once, longer, other], { team: 'payments' }, noon)?.silence.id, 's2');
  assert.equal(silencing([once, longer], { team: 'search' }, noon), null);
  assert.deepEqual(heldAt(repeated, at('2026-03-10T23:00:00Z'))?.untilMs, at('2026-03-11T05:00:00Z'));
});
