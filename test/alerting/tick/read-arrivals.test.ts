import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readDelays } from '../../../alerting/tick/read-arrivals.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { openMigrated } from '../../support/open-migrated.js';

const TOUCHED = `
  INSERT INTO slo_touched (inserted_at, tenant, minute)
  SELECT {at: DateTime64(3, 'UTC')}, {tenant: String}, toStartOfMinute({at: DateTime64(3, 'UTC')}) - toIntervalMinute(number + 1)
  FROM numbers({minutes: UInt32})`;

const now = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const before20S = (index: number) => new Date(now.getTime() - index * 20_000);

let warehouse: Warehouse;
let close: () => Promise<void>;
before(async () => {
  ({ warehouse, close } = await openMigrated());
  for (const tenant of ['live', 'moved-in'])
    for (let index = 0; index < 40; index++)
      await warehouse.command(TOUCHED, { tenant, at: before20S(index), minutes: 1 });
  // Three hours of history in two requests.
  for (const index of [3, 4])
    await warehouse.command(TOUCHED, { tenant: 'moved-in', at: before20S(index), minutes: 180 });
  for (let index = 0; index < 40; index++)
    await warehouse.command(TOUCHED, { tenant: 'slow', at: before20S(index), minutes: 3 });
});
after(() => close());

const delayOf = async (tenant: string) => {
  const delays = await readDelays(warehouse, new Date(now.getTime() - 15 * 60_000));
  return [...delays].find(([name]) => name === tenant)?.[1] ?? null;
};

test('telemetry that comes at once is not waited for', async () =>
  assert.equal(await delayOf('live'), 40_000));

test('a history that comes on the first day does not hold alerts back', async () => {
  const delayMs = await delayOf('moved-in');
  assert.ok(delayMs !== null && delayMs <= 60_000, String(delayMs));
});

test('telemetry that always comes late is waited for', async () => {
  const delayMs = await delayOf('slow');
  assert.ok(delayMs !== null && delayMs >= 120_000, String(delayMs));
});
