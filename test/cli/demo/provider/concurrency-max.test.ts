import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { concurrencyMax, type Interval } from '../../../../cli/demo/provider/concurrency-max.js';

const within = { startUs: 0, endUs: 100 };
const cases: { name: string; intervals: [number, number][]; expected: number }[] = [
  { name: 'nothing runs', intervals: [], expected: 0 },
  {
    name: 'one after the other',
    intervals: [
      [0, 10],
      [10, 20],
    ],
    expected: 1,
  },
  {
    name: 'one inside another',
    intervals: [
      [0, 50],
      [10, 20],
    ],
    expected: 2,
  },
  {
    name: 'from before and beyond',
    intervals: [
      [-50, 5],
      [95, 200],
      [-50, 200],
    ],
    expected: 2,
  },
  {
    name: 'outside',
    intervals: [
      [-50, 0],
      [100, 120],
    ],
    expected: 0,
  },
];
for (const { name, intervals, expected } of cases) {
  test(`concurrencyMax: ${name}`, () => {
    assert.equal(
      concurrencyMax(
        intervals.map(([startUs, endUs]) => ({ startUs, endUs })),
        within,
      ),
      expected,
    );
  });
}

test('concurrencyMax: is what counting at every instant finds', () => {
  const interval = fc
    .tuple(fc.integer({ min: -20, max: 120 }), fc.integer({ min: 1, max: 60 }))
    .map(([startUs, lengthUs]): Interval => ({ startUs, endUs: startUs + lengthUs }));
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 30 }), (intervals) => {
      let most = 0;
      for (let at = within.startUs; at < within.endUs; at++)
        most = Math.max(most, intervals.filter(({ startUs, endUs }) => startUs <= at && at < endUs).length);
      assert.equal(concurrencyMax(intervals, within), most);
    }),
  );
});
