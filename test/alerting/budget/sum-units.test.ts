import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  clipTo,
  closedAt,
  cutAt,
  type Interval,
  unionOf,
  unitsOf,
} from '../../../alerting/budget/sum-units.js';

const minuteS = 60;
const hourS = 3600;
const dayS = 24 * hourS;

const minute = fc.nat({ max: 12 * 1440 });
const interval = fc.tuple(minute, minute).map(([one, other]): Interval => {
  return { fromS: Math.min(one, other) * minuteS, toS: Math.max(one, other) * minuteS };
});
const intervals = fc.array(interval, { maxLength: 6 });

/** Every minute of some intervals, in order and as often as it is in one. */
function minutesOf(some: readonly Interval[]): number[] {
  return some.flatMap(({ fromS, toS }) => range(fromS, toS)).sort((one, other) => one - other);
}

function range(fromS: number, toS: number): number[] {
  return Array.from({ length: (toS - fromS) / minuteS }, (_, index) => fromS + index * minuteS);
}

test('days, hours and minutes cover disjoint intervals once, and nothing else', () => {
  fc.assert(
    fc.property(intervals, fc.nat({ max: 12 * 24 }), fc.nat({ max: 12 }), (some, hours, days) => {
      const disjoint = unionOf(some);
      const closed = { hoursUntilS: hours * hourS, daysUntilS: Math.min(days * dayS, hours * hourS) };
      const units = unitsOf(disjoint, closed);
      const covered = [
        ...units.daysS.map((fromS) => ({ fromS, toS: fromS + dayS })),
        ...units.hoursS.map((fromS) => ({ fromS, toS: fromS + hourS })),
        ...units.minutes,
      ];
      assert.deepEqual(minutesOf(covered), minutesOf(disjoint));
      assert.ok(units.daysS.every((fromS) => fromS % dayS === 0 && fromS + dayS <= closed.daysUntilS));
      assert.ok(units.hoursS.every((fromS) => fromS % hourS === 0 && fromS + hourS <= closed.hoursUntilS));
      assert.ok(units.minutes.length <= 2 * disjoint.length);
    }),
    { numRuns: 150, seed: 20_261_128 },
  );
});

test('a union holds what any of them holds, in order and without touching neighbours', () => {
  fc.assert(
    fc.property(intervals, (some) => {
      const joined = unionOf(some);
      assert.deepEqual(minutesOf(joined), [...new Set(minutesOf(some))]);
      assert.ok(joined.slice(1).every(({ fromS }, at) => fromS > (joined[at]?.toS ?? 0)));
    }),
    { numRuns: 100, seed: 20_261_128 },
  );
});

test('cutting moves nothing, and no part lies across an edge', () => {
  fc.assert(
    fc.property(intervals, fc.array(minute, { maxLength: 5 }), (some, edges) => {
      const edgesS = edges.map((at) => at * minuteS).sort((one, other) => one - other);
      const disjoint = unionOf(some);
      const parts = cutAt(disjoint, edgesS);
      assert.deepEqual(minutesOf(parts), minutesOf(disjoint));
      const across = ({ fromS, toS }: Interval) => edgesS.some((edgeS) => edgeS > fromS && edgeS < toS);
      assert.equal(parts.some(across), false);
    }),
    { numRuns: 100, seed: 20_261_128 },
  );
});

test('clipping keeps what lies within', () => {
  const some = [
    { fromS: 0, toS: 600 },
    { fromS: 900, toS: 1200 },
  ];
  assert.deepEqual(clipTo(some, 300, 900), [{ fromS: 300, toS: 600 }]);
});

test('hours are trusted two hours before the hour that runs, days an hour later', () => {
  const at = (text: string) => closedAt(new Date(text));
  const instant = (text: string) => Date.parse(text) / 1000;
  assert.deepEqual(at('2026-11-28T12:34:56Z'), {
    hoursUntilS: instant('2026-11-28T10:00:00Z'),
    daysUntilS: instant('2026-11-28T00:00:00Z'),
  });
  assert.equal(at('2026-11-28T02:59:00Z').daysUntilS, instant('2026-11-27T00:00:00Z'));
  assert.equal(at('2026-11-28T03:00:00Z').daysUntilS, instant('2026-11-28T00:00:00Z'));
});
