import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { dayParts } from '../../../query/window/day-parts.js';
import { windowParts } from '../../../query/window/window-parts.js';
import { FunctionList } from '../../../schemas/functions.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { openMigrated } from '../../support/open-migrated.js';
import { costApi, costApp } from './cost-api.js';

const dayMs = 86_400_000;
const now = new Date(Math.floor(Date.now() / dayMs) * dayMs + dayMs / 2);
const FUNCTIONS = `
  INSERT INTO invocations (tenant, function, started_at, provider, region, billing, billed_ms, billed_memory_mb, request_units,
    span_id, sign)
  SELECT 'default', concat('f', toString(number)), {at: DateTime64(3, 'UTC')}, 'aws', 'us-east-1', 'aws-lambda', 100, 128, 1,
    toFixedString(leftPad(toString(number), 8, '0'), 8), 1
  FROM numbers({functions: UInt64})`;

let warehouse: Warehouse;
let close: () => Promise<void>;
before(async () => {
  ({ warehouse, close } = await openMigrated());
  await warehouse.command(FUNCTIONS, { at: new Date(now.getTime() - dayMs), functions: 50_001 });
});
after(() => close());
const window = `from=${new Date(now.getTime() - 2 * dayMs).toISOString()}&to=${now.toISOString()}`;

test('more rows than one answer adds up are refused, never left out', async () => {
  const app = await costApp(warehouse, () => now);
  const refused = await app.inject(`/api/v1/cost?${window}&groupBy=function`);
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /QUERY_LIMIT.*50000 kinds/);
  const answered = await app.inject(`/api/v1/cost?${window}&groupBy=region&function=f7`);
  assert.equal(answered.statusCode, 200);
});

test('the list of functions then says that cost is left out, and lists the functions all the same', async () => {
  const { get } = await costApi(warehouse, () => now);
  const list = await get(`functions?${window}`, FunctionList);
  assert.equal(list.costLeftOut, true);
  assert.equal(list.functions.length, 5000);
  assert.equal(list.functions[0]?.costUsd ?? null, null);
});

test('days, hours beside them, minutes and rows are the window, each instant once', () => {
  const start = now.getTime() - 20 * dayMs;
  fc.assert(
    fc.property(fc.nat(10 * dayMs), fc.integer({ min: 1, max: 9 * dayMs }), (offset, length) => {
      const parts = windowParts(
        { from: new Date(start + offset), to: new Date(start + offset + length) },
        now,
      );
      const { hoursFrom, daysFrom, daysTo, hoursTo } = dayParts(parts);
      assert.ok(hoursFrom <= daysFrom && daysFrom <= daysTo && daysTo <= hoursTo);
      if (daysFrom < daysTo) {
        assert.equal(daysFrom.getTime() % dayMs, 0);
        assert.equal(daysTo.getTime() % dayMs, 0);
        assert.ok(daysFrom.getTime() - hoursFrom.getTime() < dayMs);
        assert.ok(hoursTo.getTime() - daysTo.getTime() < dayMs);
      }
    }),
  );
});
