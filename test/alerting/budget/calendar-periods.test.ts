import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calendarPeriods } from '../../../alerting/budget/calendar-periods.js';
import { objectiveInForce } from '../../../alerting/budget/objective-in-force.js';
import type { SloVersion } from '../../../alerting/definitions/fold-versions.js';
import { Tenant } from '../../../schemas/access.js';
import { ratioOf } from '../../../schemas/slo/percent.js';

const cases = [
  {
    unit: 'month',
    zone: 'Europe/Berlin',
    at: '2026-11-15T00:00:00Z',
    labels: ['2026-11', '2026-10'],
    from: '2026-10-31T23:00:00.000Z',
    before: '2026-09-30T22:00:00.000Z',
  },
  {
    unit: 'week',
    zone: 'UTC',
    at: '2027-01-02T00:00:00Z',
    labels: ['2026-W53', '2026-W52'],
    from: '2026-12-28T00:00:00.000Z',
    before: '2026-12-21T00:00:00.000Z',
  },
  {
    unit: 'quarter',
    zone: 'Asia/Kolkata',
    at: '2026-01-01T00:00:00Z',
    labels: ['2026-Q1', '2025-Q4'],
    from: '2025-12-31T18:30:00.000Z',
    before: '2025-09-30T18:30:00.000Z',
  },
  {
    unit: 'year',
    zone: 'UTC',
    at: '2024-12-31T23:59:00Z',
    labels: ['2024', '2023'],
    from: '2024-01-01T00:00:00.000Z',
    before: '2023-01-01T00:00:00.000Z',
  },
] as const;
for (const { unit, zone, at, labels, from, before } of cases) {
  test(`calendarPeriods: ${unit} in ${zone}`, () => {
    const [first, second] = calendarPeriods(unit, zone, new Date(at), 2);
    assert.deepEqual([first?.label, second?.label], labels);
    assert.deepEqual([first?.from.toISOString(), second?.from.toISOString()], [from, before]);
    assert.equal(second?.to.toISOString(), from);
    assert.ok((first?.to.getTime() ?? 0) > Date.parse(at));
  });
}

test('periods of years follow one another without a gap', () => {
  for (const unit of ['week', 'month', 'quarter'] as const) {
    const periods = calendarPeriods(unit, 'America/Sao_Paulo', new Date('2026-11-28T12:00:00Z'), 60);
    assert.ok(periods.slice(1).every((one, index) => one.to.getTime() === periods[index]?.from.getTime()));
    assert.equal(new Set(periods.map(({ label }) => label)).size, 60);
  }
});

function version(at: string, objective: string | null): SloVersion {
  const definition = { id: 'a', title: 'A', sli: { kind: 'success' }, objective };
  return {
    tenant: Tenant.parse('t'),
    slo: 'a',
    version: 1,
    event: objective === null ? 'delete' : 'put',
    definition: objective === null ? '' : JSON.stringify(definition),
    source: 'api',
    author: 'ann',
    at: new Date(at),
  };
}

test('objectiveInForce: the last of the period; before there was one, the first', () => {
  const versions = [
    version('2026-03-05T00:00:00Z', '99%'),
    version('2026-03-20T00:00:00Z', '99.9%'),
    version('2026-03-25T00:00:00Z', '99.9%'),
    version('2026-05-01T00:00:00Z', null),
  ];
  const of = (month: string, next: string) => {
    const found = objectiveInForce(
      versions,
      new Date(`2026-${month}-01T00:00:00Z`),
      new Date(`2026-${next}-01T00:00:00Z`),
    );
    return found === null ? null : [ratioOf(found.objective), found.wasInForce, found.changes.length];
  };
  assert.deepEqual(of('02', '03'), [0.99, false, 0]);
  assert.deepEqual(of('03', '04'), [0.999, true, 1]);
  assert.deepEqual(of('04', '05'), [0.999, true, 0]);
  assert.equal(objectiveInForce([], new Date(0), new Date(1)), null);
});
