import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import rrule from 'rrule';
import { localOccurrences } from '../../../alerting/recurrence/occurrences.js';
import { parseRule } from '../../../alerting/recurrence/parse-rule.js';

const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const list = <Value>(values: readonly Value[], most: number) =>
  fc.uniqueArray(fc.constantFrom(...values), { maxLength: most });
const ofMonth = list([-31, -29, -2, -1, 1, 2, 13, 28, 29, 30, 31], 4);
const counted = list(
  days.flatMap((day) => ['1', '2', '5', '-1', '-3'].map((nth) => `${nth}${day}`)),
  4,
);
const plain = list(days, 4);
const byMonth = list([1, 2, 6, 11, 12], 3);
const part = (name: string, values: readonly (string | number)[]) =>
  values.length === 0 ? [] : [`${name}=${values.join(',')}`];

/** Whatever a rule may say that both understand. */
const rules = fc
  .record({
    freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    interval: fc.constantFrom(1, 1, 2, 3, 7),
    ofMonth,
    counted,
    plain,
    byMonth,
    setPos: list([1, -1], 1),
    weekStart: fc.constantFrom(...days),
    count: fc.option(fc.integer({ min: 1, max: 9 })),
  })
  .map(({ freq, interval, ofMonth: dates, counted: nths, plain: names, byMonth: months, ...more }) => {
    // The other implementation asks for both where counted days stand beside plain ones.
    const isCounted = (freq === 'MONTHLY' || freq === 'YEARLY') && nths.length > 0;
    const byDay = isCounted ? nths : names;
    // A year needs its months, else its BYDAY would count through the year.
    const inMonths = freq === 'YEARLY' && months.length === 0 ? [3] : months;
    // Of months, one of first and last alone: the other implementation begins a first week with its start, and repeats or
    // mistakes days where a set is smaller than asked. The examples of RFC 5545 hold the rest.
    const isSet = freq === 'MONTHLY' && dates.length + byDay.length > 0;
    return [
      `FREQ=${freq};INTERVAL=${interval};WKST=${more.weekStart}`,
      ...part('BYMONTH', inMonths),
      ...part('BYMONTHDAY', freq === 'WEEKLY' ? [] : dates),
      ...part('BYDAY', byDay),
      ...part('BYSETPOS', isSet ? more.setPos : []),
      ...part('COUNT', more.count === null ? [] : [more.count]),
    ].join(';');
  });

test('any rule has the times that an implementation by others finds', () => {
  const starts = fc.integer({ min: 10_000, max: 22_000 });
  let found = 0;
  fc.assert(
    fc.property(rules, starts, (text, day) => {
      const startMs = day * 86_400_000 + 9 * 3_600_000;
      const untilMs = startMs + 4 * 366 * 86_400_000;
      const parsed = parseRule(text);
      assert.ok(parsed.kind === 'rule', JSON.stringify(parsed));
      const ours: string[] = [];
      for (const ms of localOccurrences(parsed.rule, startMs, 'UTC')) {
        if (ms > untilMs) break;
        ours.push(new Date(ms).toISOString());
      }
      // Of a rule that hardly ever comes true the other implementation looks through eight thousand years.
      fc.pre(ours.length > 0);
      const options = rrule.RRule.parseString(text);
      const other = new rrule.RRule({ ...options, dtstart: new Date(startMs) });
      const theirs = other.between(new Date(startMs), new Date(untilMs), true).map((at) => at.toISOString());
      assert.deepEqual(ours, theirs, text);
      found += ours.length;
    }),
    { numRuns: 400, seed: 20_261_129 },
  );
  assert.ok(found > 5_000, `${found}`);
});

test('a rule that never comes true is found out at once, however fine', () => {
  const parsed = parseRule('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31');
  assert.ok(parsed.kind === 'rule');
  assert.deepEqual([...localOccurrences(parsed.rule, 0, 'UTC')], []);
});

test('a leap day is waited for', () => {
  const parsed = parseRule('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;COUNT=2');
  assert.ok(parsed.kind === 'rule');
  const found = [...localOccurrences(parsed.rule, Date.UTC(2096, 2, 1), 'UTC')];
  assert.deepEqual(found, [Date.UTC(2104, 1, 29), Date.UTC(2108, 1, 29)]);
});
