import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { calendarOf } from '../../../alerting/oncall/calendar.js';
import { onCallAt, shiftsIn } from '../../../alerting/oncall/on-call.js';
import { Schedule } from '../../../schemas/config/oncall.js';

const hourMs = 3_600_000;
const weekly = Schedule.parse({
  name: 'payments',
  zone: 'Europe/Berlin',
  rotations: [{ people: ['ann', 'bob', 'cy'], start: '2026-03-23T09:00', every: '7d' }],
  overrides: [{ person: 'dee', from: '2026-04-01T12:00', until: '2026-04-02T12:00' }],
});
const layered = Schedule.parse({
  name: 'support',
  zone: 'America/New_York',
  rotations: [
    {
      people: ['day'],
      start: '2026-01-01T00:00',
      every: '1d',
      during: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '17:00' },
    },
    { people: ['late'], start: '2026-01-01T00:00', every: '1d', during: { from: '22:00', until: '06:00' } },
  ],
});
const at = (text: string) => Date.parse(text);

const cases = [
  { schedule: weekly, at: '2026-03-23T07:59:00Z', who: null, says: 'nobody before the first turn' },
  {
    schedule: weekly,
    at: '2026-03-23T08:00:00Z',
    who: 'ann',
    says: 'the first turn begins at nine in winter',
  },
  { schedule: weekly, at: '2026-03-30T06:59:59Z', who: 'ann', says: 'still the first' },
  { schedule: weekly, at: '2026-03-30T07:00:00Z', who: 'bob', says: 'the handover is at nine in summer too' },
  { schedule: weekly, at: '2026-04-01T10:00:00Z', who: 'dee', says: 'an override wins' },
  { schedule: weekly, at: '2026-04-02T10:00:00Z', who: 'bob', says: 'and ends' },
  { schedule: weekly, at: '2026-04-13T07:00:00Z', who: 'ann', says: 'after the last comes the first' },
  { schedule: layered, at: '2026-01-05T14:00:00Z', who: 'day', says: 'office hours on a Monday' },
  { schedule: layered, at: '2026-01-04T14:00:00Z', who: null, says: 'not on a Sunday' },
  { schedule: layered, at: '2026-01-05T08:00:00Z', who: 'late', says: 'a night that began yesterday' },
  { schedule: layered, at: '2026-01-05T12:00:00Z', who: null, says: 'between night and day there is nobody' },
];
for (const { schedule, at: when, who, says } of cases)
  test(`onCallAt: ${says}`, () => assert.equal(onCallAt(schedule, at(when)), who));

test('clocks put back at night hand over once', () => {
  const short = Schedule.parse({
    name: 'night',
    zone: 'Europe/Berlin',
    rotations: [{ people: ['ann', 'bob'], start: '2026-10-24T02:30', every: '1d' }],
  });
  const minutes = Array.from({ length: 240 }, (_, minute) => at('2026-10-24T23:00:00Z') + minute * 60_000);
  const changes = minutes.filter(
    (ms, index) => index > 0 && onCallAt(short, ms) !== onCallAt(short, minutes[index - 1] ?? 0),
  );
  assert.deepEqual(changes, [at('2026-10-25T00:30:00Z')]);
});

test('shifts and the person at an instant agree, and shifts neither overlap nor touch with the same person', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(weekly, layered),
      fc.integer({ min: 0, max: 24 * 60 }),
      fc.integer({ min: 1, max: 40 * 24 }),
      (schedule, startHour, hours) => {
        const fromMs = at('2026-03-01T00:00:00Z') + startHour * hourMs;
        const untilMs = fromMs + hours * hourMs;
        const shifts = shiftsIn(schedule, fromMs, untilMs);
        for (let ms = fromMs; ms < untilMs; ms += 53 * 60_000) {
          const shift = shifts.find((one) => one.fromMs <= ms && ms < one.untilMs);
          assert.equal(shift?.person ?? null, onCallAt(schedule, ms));
        }
        for (const [index, { fromMs: start }] of shifts.entries())
          assert.ok(index === 0 || (shifts[index - 1]?.untilMs ?? 0) <= start);
      },
    ),
    { numRuns: 40 },
  );
});

test('the calendar has one event a shift, in UTC, with folded lines', () => {
  const shifts = shiftsIn(weekly, at('2026-03-30T00:00:00Z'), at('2026-04-06T00:00:00Z'));
  const text = calendarOf('payments; EU, "critical" and a name long enough to be folded', shifts, 0);
  assert.ok(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n'));
  assert.match(text, /DTSTART:20260401T100000Z\r\nDTEND:20260402T100000Z\r\nSUMMARY:dee is on call/);
  assert.equal(text.match(/BEGIN:VEVENT/g)?.length, shifts.length);
  assert.ok(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75));
  assert.match(text.replaceAll('\r\n ', ''), /payments\\; EU\\, "critical"/);
});
