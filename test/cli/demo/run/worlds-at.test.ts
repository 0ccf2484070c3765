import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectedPerMinute } from '../../../../cli/demo/fleet/expected-rate.js';
import { shop } from '../../../../cli/demo/fleet/shop.js';
import { partsOf, worldsAt } from '../../../../cli/demo/run/worlds-at.js';

const cases = [
  { ratePerSecond: 3, parts: 1 },
  { ratePerSecond: 1_000, parts: 1 },
  { ratePerSecond: 1_001, parts: 2 },
  { ratePerSecond: 50_000, parts: 50 },
];
for (const { ratePerSecond, parts } of cases)
  test(`worlds: ${ratePerSecond} runs a second are made in ${parts} parts that have the load of the whole`, () => {
    assert.equal(partsOf({ ratePerSecond }), parts);
    const worlds = worldsAt({ fleet: shop, seed: 4, ratePerSecond }, []);
    assert.equal(worlds.length, parts);
    assert.equal(new Set(worlds.map(({ seed }) => seed)).size, parts);
    const perMinute = worlds.flatMap(({ fleet, scale }) => [...expectedPerMinute(fleet, scale).values()]);
    const total = perMinute.reduce((sum, rate) => sum + rate, 0);
    assert.ok(Math.abs(total / (ratePerSecond * 60) - 1) < 1e-9, `${total}`);
    // A timer ticks as often as it does, whatever the load.
    const timers = worlds.map(({ fleet }) =>
      fleet.functions.filter(({ everyMinutes }) => everyMinutes !== null),
    );
    assert.deepEqual(
      timers.map(({ length }) => length > 0),
      worlds.map((_, part) => part === 0),
    );
  });
