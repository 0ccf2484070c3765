import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ratePerSecond, seed, underWay } from '../../../cli/demo/demo-fleet.js';
import { simulateMinute } from '../../../cli/demo/simulate/simulate-minute.js';
import { incidentAt, shopWorld } from './demo-world.js';

/** How many dead letters alerting/rules/dlq-growth.ts pages for. */
const pagedFor = 2;

test('the first look: at any hour of the week, dead letters enough to page have arrived', () => {
  const [loud] = underWay;
  assert.ok(loud !== undefined);
  assert.equal(loud.name, 'credential-rotation');
  const week = Math.floor(Date.UTC(2026, 10, 22) / 60_000);
  for (let hour = 0; hour < 7 * 24; hour += 5) {
    const minute = week + hour * 60;
    const incidents = underWay.map(({ name, minutesAgo }) => incidentAt(name, minute - minutesAgo));
    const world = shopWorld(seed, ratePerSecond, incidents);
    let dead = 0;
    for (let at = minute - loud.minutesAgo; at < minute; at++)
      dead += simulateMinute(world, at).filter(({ isDeadLetter }) => isDeadLetter).length;
    assert.ok(dead >= pagedFor, `${dead} at ${new Date(minute * 60_000).toISOString()}`);
  }
});
