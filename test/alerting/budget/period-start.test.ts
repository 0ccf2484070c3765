import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { periodStart } from '../../../alerting/budget/period-start.js';
import { CalendarUnit } from '../../../schemas/slo/period.js';

const cases = [
  {
    name: 'a month in winter',
    unit: 'month',
    zone: 'Europe/Berlin',
    at: '2026-11-20T10:00:00Z',
    start: '2026-10-31T23:00:00.000Z',
  },
  {
    name: 'a month that began before clocks went forward',
    unit: 'month',
    zone: 'Europe/Berlin',
    at: '2026-03-31T10:00:00Z',
    start: '2026-02-28T23:00:00.000Z',
  },
  {
    name: 'a week that began before clocks went back',
    unit: 'week',
    zone: 'Europe/Berlin',
    at: '2026-10-25T12:00:00Z',
    start: '2026-10-18T22:00:00.000Z',
  },
  {
    name: 'the local day decides, not the day of UTC',
    unit: 'month',
    zone: 'America/Los_Angeles',
    at: '2026-12-01T07:59:59Z',
    start: '2026-11-01T07:00:00.000Z',
  },
  {
    name: 'a quarter',
    unit: 'quarter',
    zone: 'UTC',
    at: '2026-05-05T00:00:00Z',
    start: '2026-04-01T00:00:00.000Z',
  },
  {
    name: 'a year in a zone ahead',
    unit: 'year',
    zone: 'Pacific/Auckland',
    at: '2025-12-31T11:00:00Z',
    start: '2025-12-31T11:00:00.000Z',
  },
  {
    name: 'a zone with a half hour',
    unit: 'month',
    zone: 'Asia/Kolkata',
    at: '2026-06-15T00:00:00Z',
    start: '2026-05-31T18:30:00.000Z',
  },
  // Santiago's clocks go forward at midnight of Sunday, 2026-09-06: that week's Monday is a whole one.
  {
    name: 'a week in which a midnight is missing',
    unit: 'week',
    zone: 'America/Santiago',
    at: '2026-09-06T12:00:00Z',
    start: '2026-08-31T04:00:00.000Z',
  },
  {
    name: 'Asuncion, a month that begins without its midnight hour',
    unit: 'month',
    zone: 'America/Asuncion',
    at: '2017-10-05T12:00:00Z',
    start: '2017-10-01T04:00:00.000Z',
  },
] as const;
for (const { name, unit, zone, at, start } of cases) {
  test(`periodStart: ${name}`, () => {
    assert.equal(periodStart({ kind: 'calendar', unit, zone }, new Date(at)).toISOString(), start);
  });
}

test('periodStart: the start of a period is in it, is its own start, and never lies in the future', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Africa/Cairo',
    'Asia/Beirut',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...CalendarUnit.options),
      fc.constantFrom(...zones),
      fc.date({ min: new Date('2015-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
      (unit, zone, at) => {
        const period = { kind: 'calendar', unit, zone } as const;
        const start = periodStart(period, at);
        assert.ok(start <= at);
        assert.deepEqual(periodStart(period, start), start);
        const before = periodStart(period, new Date(start.getTime() - 1000));
        assert.ok(before < start);
      },
    ),
    { numRuns: 300 },
  );
});
