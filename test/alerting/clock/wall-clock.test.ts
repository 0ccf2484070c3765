import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { instantOf, parseWall, wallAt } from '../../../alerting/clock/wall-clock.js';

const cases = [
  { zone: 'UTC', wall: '2026-03-29T02:30', at: '2026-03-29T02:30:00.000Z', says: 'UTC is itself' },
  { zone: 'Europe/Berlin', wall: '2026-01-05T09:00', at: '2026-01-05T08:00:00.000Z', says: 'winter' },
  { zone: 'Europe/Berlin', wall: '2026-07-05T09:00', at: '2026-07-05T07:00:00.000Z', says: 'summer' },
  {
    zone: 'Europe/Berlin',
    wall: '2026-03-29T02:30',
    at: '2026-03-29T01:00:00.000Z',
    says: 'an hour that is left out',
  },
  {
    zone: 'Europe/Berlin',
    wall: '2026-10-25T02:30',
    at: '2026-10-25T00:30:00.000Z',
    says: 'the first of an hour that comes twice',
  },
  { zone: 'Asia/Kathmandu', wall: '2026-10-25T02:30', at: '2026-10-24T20:45:00.000Z', says: 'quarter hours' },
];
for (const { zone, wall, at, says } of cases)
  test(`instantOf: ${says}`, () => {
    assert.equal(new Date(instantOf(parseWall(wall), zone)).toISOString(), at);
  });

test('the instant of what clocks show is that instant, or the first that shows it', () => {
  const zones = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'UTC',
  );
  const minutes = fc.integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2030, 0, 1) / 60_000 });
  fc.assert(
    fc.property(zones, minutes, (zone, minute) => {
      const atMs = minute * 60_000;
      const found = instantOf(wallAt(atMs, zone), zone);
      assert.equal(wallAt(found, zone), wallAt(atMs, zone));
      assert.ok(found <= atMs && atMs - found <= 3_600_000);
    }),
  );
});
