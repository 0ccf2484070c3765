import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { duePeriods, type ReportTiming } from '../../../alerting/reports/due-periods.js';

const at = (text: string) => Date.parse(text);
const weekly: ReportTiming = { name: 'w', every: 'week', zone: 'Europe/Berlin', hour: 8 };
const monthly: ReportTiming = { name: 'm', every: 'month', zone: 'UTC', hour: 8 };

const cases: readonly { says: string; timing: ReportTiming; now: string; sent: string[]; is: string[] }[] = [
  { says: 'Monday before eight', timing: weekly, now: '2026-03-02T06:59:00Z', sent: [], is: [] },
  { says: 'Monday at eight', timing: weekly, now: '2026-03-02T07:00:00Z', sent: [], is: ['r-w-2026-02-23'] },
  { says: 'sent is sent', timing: weekly, now: '2026-03-02T09:00:00Z', sent: ['r-w-2026-02-23'], is: [] },
  {
    says: 'one that never went out tells nothing of the past',
    timing: weekly,
    now: '2026-03-05T09:00:00Z',
    sent: [],
    is: [],
  },
  {
    says: 'what was missed is caught up, the oldest first',
    timing: weekly,
    now: '2026-03-18T09:00:00Z',
    sent: ['r-w-2026-02-23'],
    is: ['r-w-2026-03-02', 'r-w-2026-03-09'],
  },
  {
    says: 'the hour is that of summer in summer',
    timing: weekly,
    now: '2026-03-30T06:00:00Z',
    sent: [],
    is: ['r-w-2026-03-23'],
  },
  {
    says: 'the first of a month',
    timing: monthly,
    now: '2026-03-01T08:00:00Z',
    sent: [],
    is: ['r-m-2026-02-01'],
  },
  {
    says: 'the last day of a month',
    timing: monthly,
    now: '2026-03-31T23:00:00Z',
    sent: ['r-m-2026-02-01'],
    is: [],
  },
];
for (const { says, timing, now, sent, is } of cases)
  test(`duePeriods: ${says}`, () =>
    assert.deepEqual(
      duePeriods(timing, new Set(sent), at(now)).map(({ id }) => id),
      is,
    ));

test('a month reaches from its first midnight to the next, in its zone', () => {
  const [period] = duePeriods({ ...monthly, zone: 'Europe/Berlin' }, new Set(), at('2026-04-01T08:00:00Z'));
  assert.deepEqual(
    [period?.fromMs, period?.untilMs],
    [at('2026-02-28T23:00:00Z'), at('2026-03-31T22:00:00Z')],
  );
});

test('however often and irregularly it is looked, each period after the first is sent once and in order', () => {
  const looks = fc.array(fc.integer({ min: 1, max: 9 * 24 * 60 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(fc.constantFrom(weekly, monthly), looks, (timing, steps) => {
      const sent = new Set<string>();
      const order: string[] = [];
      let nowMs = at('2026-03-02T07:00:00Z');
      for (const minutes of [0, ...steps]) {
        nowMs += minutes * 60_000;
        for (const { id, dueMs } of duePeriods(timing, sent, nowMs)) {
          assert.ok(dueMs <= nowMs);
          order.push(id);
          sent.add(id);
        }
      }
      assert.deepEqual(order, [...new Set(order)].sort());
    }),
  );
});
