import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { localOccurrences } from '../../../alerting/recurrence/occurrences.js';
import { parseRule } from '../../../alerting/recurrence/parse-rule.js';
import type { Rule } from '../../../alerting/recurrence/rule.js';

function ruleOf(text: string): Rule {
  const parsed = parseRule(text);
  assert.ok(parsed.kind === 'rule', JSON.stringify(parsed));
  return parsed.rule;
}

/** The first so many days of a rule, as dates. */
function days(text: string, start: string, most: number): string[] {
  const found: string[] = [];
  for (const ms of localOccurrences(ruleOf(text), Date.parse(`${start}T09:00:00Z`), 'UTC')) {
    if (found.length === most) break;
    const [day = '', time] = new Date(ms).toISOString().split('T');
    assert.equal(time, '09:00:00.000Z');
    found.push(day);
  }
  return found;
}

// Examples of RFC 5545, 3.8.5.3, all of which begin on or after 1997-09-02.
const examples = [
  { rule: 'FREQ=DAILY;COUNT=3', start: '1997-09-02', expected: ['1997-09-02', '1997-09-03', '1997-09-04'] },
  {
    rule: 'FREQ=DAILY;UNTIL=19970904',
    start: '1997-09-02',
    expected: ['1997-09-02', '1997-09-03', '1997-09-04'],
  },
  {
    rule: 'FREQ=DAILY;INTERVAL=10;COUNT=3',
    start: '1997-09-02',
    expected: ['1997-09-02', '1997-09-12', '1997-09-22'],
  },
  {
    rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=SU;BYDAY=TU,TH',
    start: '1997-09-02',
    expected: ['1997-09-02', '1997-09-04', '1997-09-16', '1997-09-18'],
  },
  {
    rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO',
    start: '1997-08-05',
    expected: ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24'],
  },
  {
    rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU',
    start: '1997-08-05',
    expected: ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31'],
  },
  {
    rule: 'FREQ=MONTHLY;COUNT=3;BYDAY=1FR',
    start: '1997-09-05',
    expected: ['1997-09-05', '1997-10-03', '1997-11-07'],
  },
  {
    rule: 'FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU',
    start: '1997-09-07',
    expected: ['1997-09-07', '1997-09-28', '1997-11-02', '1997-11-30', '1998-01-04', '1998-01-25'],
  },
  {
    rule: 'FREQ=MONTHLY;COUNT=3;BYDAY=-2MO',
    start: '1997-09-22',
    expected: ['1997-09-22', '1997-10-20', '1997-11-17'],
  },
  {
    rule: 'FREQ=MONTHLY;BYMONTHDAY=-3',
    start: '1997-09-28',
    expected: ['1997-09-28', '1997-10-29', '1997-11-28'],
  },
  {
    rule: 'FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1',
    start: '1997-09-30',
    expected: ['1997-09-30', '1997-10-01', '1997-10-31', '1997-11-01'],
  },
  {
    rule: 'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
    start: '1998-02-13',
    expected: ['1998-02-13', '1998-03-13', '1998-11-13'],
  },
  {
    rule: 'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3',
    start: '1997-09-04',
    expected: ['1997-09-04', '1997-10-07', '1997-11-06'],
  },
  {
    rule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
    start: '1997-09-29',
    expected: ['1997-09-29', '1997-10-30', '1997-11-27', '1997-12-30'],
  },
  {
    rule: 'FREQ=YEARLY;COUNT=4;BYMONTH=6,7',
    start: '1997-06-10',
    expected: ['1997-06-10', '1997-07-10', '1998-06-10', '1998-07-10'],
  },
  {
    rule: 'FREQ=YEARLY;BYDAY=TH;BYMONTH=3',
    start: '1997-03-13',
    expected: ['1997-03-13', '1997-03-20', '1997-03-27', '1998-03-05'],
  },
  {
    rule: 'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
    start: '1996-11-05',
    expected: ['1996-11-05', '2000-11-07', '2004-11-02'],
  },
  { rule: 'FREQ=MONTHLY', start: '2026-01-31', expected: ['2026-01-31', '2026-03-31', '2026-05-31'] },
  { rule: 'RRULE:FREQ=YEARLY', start: '2024-02-29', expected: ['2024-02-29', '2028-02-29'] },
];
for (const { rule, start, expected } of examples) {
  test(`${rule} from ${start}`, () => {
    assert.deepEqual(days(rule, start, expected.length), expected);
    if (rule.includes('COUNT') || rule.includes('UNTIL'))
      assert.deepEqual(days(rule, start, expected.length + 1), expected);
  });
}

test('a rule that meets no day ends', () => {
  assert.deepEqual(days('FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31', '2026-01-31', 1), []);
});

test('days come in order, once, and each is what the rule says', () => {
  const weekday = fc.subarray(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], { minLength: 1 });
  fc.assert(
    fc.property(weekday, fc.integer({ min: 1, max: 5 }), fc.nat({ max: 3000 }), (named, interval, day) => {
      const start = new Date(day * 86_400_000).toISOString().slice(0, 10);
      const found = days(`FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${named.join(',')}`, start, 30);
      const names = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
      assert.ok(found.every((one) => named.includes(names[new Date(one).getUTCDay()] ?? '')));
      assert.deepEqual(found, [...new Set(found)].sort());
      assert.ok((found[0] ?? '') >= start);
    }),
    { numRuns: 50, seed: 20_261_128 },
  );
});

const refusals = [
  { text: '', says: /FREQ must be one of/ },
  { text: 'FREQ=HOURLY', says: /FREQ must be one of DAILY/ },
  { text: 'FREQ=DAILY;BYHOUR=3', says: /BYHOUR is not supported/ },
  { text: 'FREQ=DAILY;COUNT=2;UNTIL=20260101', says: /exclude each other/ },
  { text: 'FREQ=DAILY;COUNT=0', says: /COUNT must be whole numbers from 1/ },
  { text: 'FREQ=DAILY;BYMONT=1', says: /did you mean BYMONTH\?/ },
  { text: 'FREQ=DAILY;FREQ=DAILY', says: /twice/ },
  { text: 'FREQ=WEEKLY;BYDAY=1MO', says: /does not go with FREQ=WEEKLY/ },
  { text: 'FREQ=WEEKLY;BYDAY=XX', says: /no weekday/ },
  { text: 'FREQ=YEARLY;BYDAY=MO', says: /needs BYMONTH/ },
  { text: 'FREQ=DAILY;UNTIL=soon', says: /UNTIL must be such as/ },
  { text: 'FREQ=DAILY;BYSETPOS=1', says: /BYSETPOS needs/ },
];
for (const { text, says } of refusals) {
  test(`refuses "${text}"`, () => {
    const parsed = parseRule(text);
    assert.ok(parsed.kind === 'refused');
    assert.match(parsed.reason, says);
  });
}
