import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRule } from '../../../alerting/recurrence/parse-rule.js';
import { startsWithRule, windowsWithin } from '../../../alerting/recurrence/windows.js';

function repeating(from: string, to: string, rrule: string, zone: string) {
  const parsed = parseRule(rrule);
  assert.ok(parsed.kind === 'rule');
  return { from: new Date(from), to: new Date(to), repeat: { rule: parsed.rule, zone } };
}

const cases = [
  {
    name: 'keeps to local time when clocks go back',
    given: repeating('2026-10-24T01:00:00Z', '2026-10-24T02:00:00Z', 'FREQ=DAILY', 'Europe/Berlin'),
    within: ['2026-10-24T00:00:00Z', '2026-10-27T00:00:00Z'],
    starts: ['2026-10-24T01:00:00.000Z', '2026-10-25T02:00:00.000Z', '2026-10-26T02:00:00.000Z'],
  },
  {
    name: 'a local time that comes twice is the first',
    given: repeating('2026-10-24T00:30:00Z', '2026-10-24T01:00:00Z', 'FREQ=DAILY', 'Europe/Berlin'),
    within: ['2026-10-25T00:00:00Z', '2026-10-26T00:00:00Z'],
    starts: ['2026-10-25T00:30:00.000Z'],
  },
  {
    name: 'a local time that is left out begins when clocks jump over it',
    given: repeating('2026-03-28T01:30:00Z', '2026-03-28T02:00:00Z', 'FREQ=DAILY', 'Europe/Berlin'),
    within: ['2026-03-29T00:00:00Z', '2026-03-31T00:00:00Z'],
    starts: ['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z'],
  },
  {
    name: 'is asked half-open on both sides',
    given: repeating('2026-11-01T00:00:00Z', '2026-11-01T01:00:00Z', 'FREQ=DAILY', 'UTC'),
    within: ['2026-11-01T01:00:00Z', '2026-11-03T00:00:00Z'],
    starts: ['2026-11-02T00:00:00.000Z'],
  },
  {
    name: 'ends at an instant that UNTIL tells in UTC',
    given: repeating(
      '2026-11-01T02:00:00Z',
      '2026-11-01T03:00:00Z',
      'FREQ=DAILY;UNTIL=20261103T020000Z',
      'Asia/Tokyo',
    ),
    within: ['2026-10-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    starts: ['2026-11-01T02:00:00.000Z', '2026-11-02T02:00:00.000Z', '2026-11-03T02:00:00.000Z'],
  },
];
for (const { name, given, within, starts } of cases) {
  test(`windowsWithin: ${name}`, () => {
    const [from = '', to = ''] = within;
    const found = windowsWithin(given, new Date(from), new Date(to));
    assert.deepEqual(
      found.map((one) => one.from.toISOString()),
      starts,
    );
    const lengthMs = given.to.getTime() - given.from.getTime();
    assert.ok(found.every((one) => one.to.getTime() - one.from.getTime() === lengthMs));
  });
}

test('the first window must be one of the rule', () => {
  // 2026-11-29 is a Sunday, but in Auckland it is Monday by then.
  const sunday = (zone: string) =>
    repeating('2026-11-29T12:00:00Z', '2026-11-29T13:00:00Z', 'FREQ=WEEKLY;BYDAY=SU', zone);
  assert.equal(startsWithRule(sunday('UTC')), true);
  assert.equal(startsWithRule(sunday('Pacific/Auckland')), false);
});
