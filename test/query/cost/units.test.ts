import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decimalText } from '../../../query/cost/exact/decimal-text.js';
import { compareDecimals, decimal, divide } from '../../../query/cost/exact/rational.js';
import { CostAnswer } from '../../../schemas/cost/attribution.js';
import { TelemetryCost } from '../../../schemas/cost/telemetry.js';
import { TraceCost } from '../../../schemas/cost/trace-cost.js';
import { CostUnits } from '../../../schemas/cost/units.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { openMigrated } from '../../support/open-migrated.js';
import { costApi } from './cost-api.js';
import { insertUsage, type UsageRun } from './insert-usage.js';

const hourMs = 3_600_000;
const now = new Date(Math.floor(Date.now() / hourMs) * hourMs + 1000);
const from = new Date(now.getTime() - 5 * hourMs);
const window = `from=${from.toISOString()}&to=${now.toISOString()}`;
const at = (minutes: number) => new Date(from.getTime() + minutes * 60_000);
const trace = 'aa'.repeat(16);

const POINTS = `
  INSERT INTO metric_points (tenant, environment, service, function, metric, kind, temporality, monotonic, started_at, at, value, attributes)
  SELECT 'default', 'production', 'shop', '', 'orders.placed', 'sum', temporality, true, fromUnixTimestamp64Milli(started, 'UTC'),
    fromUnixTimestamp64Milli(at_ms, 'UTC'), told, map('shop', shop)
  FROM format(JSONEachRow, 'temporality String, started Int64, at_ms Int64, told Float64, shop String', {rows: String})`;
const TELEMETRY = `
  INSERT INTO spans (tenant, service, function, name, started_at, trace_id, span_id, attribute_keys, attribute_values)
  SELECT 'default', 'shop', 'checkout', 'GET /', {at: DateTime64(3, 'UTC')}, toFixedString(leftPad(toString(number), 16, '0'), 16),
    toFixedString(leftPad(toString(number), 8, '0'), 8), '["a"]', '["b"]'
  FROM numbers(30)`;
const LOGS = `
  INSERT INTO logs (tenant, service, function, at, body)
  SELECT 'default', 'shop', if(number < 10, 'checkout', ''), {at: DateTime64(3, 'UTC')}, 'ten bytes.' FROM numbers(15)`;

let warehouse: Warehouse;
let close: () => Promise<void>;
before(async () => {
  ({ warehouse, close } = await openMigrated());
  const runs: UsageRun[] = [
    ...Array.from({ length: 10 }, (_, index) => ({
      function: 'checkout',
      at: at(10 + index * 20),
      outcome: index === 0 ? 'error' : 'ok',
      customer: ['acme', 'globex', ''][index % 3] ?? '',
      weight: index === 9 ? 2 : 1,
    })),
    { function: 'mail', team: 'messaging', at: at(200), billed_ms: 333, trace_hex: trace },
    {
      function: 'pay',
      team: 'payments',
      at: at(200),
      billed_ms: 50,
      memory_mb: 512,
      trace_hex: trace,
      weight: 4,
    },
    {
      function: 'elsewhere',
      provider: 'azure',
      billing: 'azure-consumption',
      region: 'nowhere',
      at: at(200),
      trace_hex: trace,
    },
  ];
  await insertUsage(warehouse, runs);
  const point = (temporality: string, shop: string, minutes: number, told: number, startedMinutes: number) =>
    JSON.stringify({
      temporality,
      shop,
      told,
      at_ms: at(minutes).getTime(),
      started: at(startedMinutes).getTime(),
    });
  const points = [
    point('delta', 'a', 10, 5, 9),
    point('delta', 'a', 20, 7, 19),
    point('delta', 'a', -30, 100, -31),
    // Running since before the window: 40 when it began, then 55, started anew at 3.
    point('cumulative', 'b', -10, 40, -600),
    point('cumulative', 'b', 10, 55, -600),
    point('cumulative', 'b', 20, 3, 15),
    // Begun inside.
    point('cumulative', 'c', 30, 8, 25),
    // Older than anything known: its first point is only a base.
    point('cumulative', 'd', 40, 1000, -9000),
    point('cumulative', 'd', 50, 1001, -9000),
  ];
  await warehouse.command(POINTS, { rows: points.join('\n') });
  await warehouse.command(TELEMETRY, { at: at(30) });
  await warehouse.command(LOGS, { at: at(30) });
});
after(() => close());

const settings = {
  units: [
    { name: 'order', function: 'checkout', costOf: { team: 'checkout' } },
    { name: 'order by counter', metric: 'orders.placed' },
    { name: 'nothing', metric: 'never.sent' },
  ],
  telemetry: { usdPerMillionSpans: '2', usdPerMillionLogs: '0.5' },
};

test('cost is divided by successful runs, customers, runs of a function and a counter', async () => {
  const { get } = await costApi(warehouse, () => now, settings);
  const { units } = await get(`cost/units?${window}`, CostUnits);
  const total = await get(`cost?${window}&groupBy=`, CostAnswer);
  const ofTeam = await get(`cost?${window}&groupBy=&team=checkout`, CostAnswer);
  const expected = [
    // Nine of ten well, one of them standing for two; mail, pay for four, elsewhere.
    ['successful run', '16', total.totalUsd],
    ['customer', '2', total.totalUsd],
    ['order', '10', ofTeam.totalUsd],
    // 5 + 7, 15 + 3 after a new start, 8, and 1.
    ['order by counter', '39', total.totalUsd],
  ] as const;
  for (const [name, count, costUsd] of expected) {
    const unit = units.find((one) => one.name === name) ?? assert.fail(name);
    assert.deepEqual([unit.count, unit.costUsd], [count, costUsd], name);
    assert.equal(unit.costPerUnitUsd, decimalText(divide(decimal(costUsd), decimal(count))), name);
  }
  const nothing = units.find(({ name }) => name === 'nothing');
  assert.deepEqual([nothing?.count, nothing?.costPerUnitUsd], [null, null]);
});

test('a window without anything has no cost for one of nothing', async () => {
  const { get } = await costApi(warehouse, () => now, settings);
  const early = new Date(from.getTime() - 48 * hourMs).toISOString();
  const { units } = await get(
    `cost/units?from=${early}&to=${new Date(Date.parse(early) + hourMs).toISOString()}`,
    CostUnits,
  );
  assert.ok(units.every(({ costPerUnitUsd }) => costPerUnitUsd === null));
});

test('the cost of a trace is the sum of its runs, each counted once, and says which has no rate', async () => {
  const { get, status } = await costApi(warehouse, () => now);
  const cost = await get(`cost/traces/${trace.toUpperCase()}`, TraceCost);
  assert.equal(cost.invocations, 3);
  assert.equal(cost.unpricedInvocations, 1);
  // 333 ms of 1 GB and 50 ms of half a GB, and two requests.
  assert.equal(cost.totalUsd, '0.000006366679');
  assert.deepEqual(cost.rows.map(({ labels }) => labels['function']).sort(), ['elsewhere', 'mail', 'pay']);
  assert.ok(cost.notes.some(({ code }) => code === 'missing-rate'));
  assert.equal(await status(`cost/traces/${'b'.repeat(32)}`), 404);
  assert.equal(await status('cost/traces/xyz'), 400);
});

test('telemetry is priced by what was sent, beside the runs it tells of', async () => {
  const { get } = await costApi(warehouse, () => now, settings);
  const told = await get(`cost/telemetry?${window}`, TelemetryCost);
  const checkout = told.rows.find((row) => row.function === 'checkout') ?? assert.fail();
  assert.deepEqual([checkout.spans, checkout.logs, checkout.bytes], [30, 10, null]);
  // 30 spans at 2, 10 logs at 0.5 a million.
  assert.equal(checkout.telemetryUsd, '0.000065');
  assert.ok(checkout.functionUsd !== null && compareDecimals(checkout.functionUsd, '0') > 0);
  const shop = told.rows.find((row) => row.function === 'shop') ?? assert.fail();
  assert.deepEqual([shop.logs, shop.metricPoints, shop.functionUsd], [5, 7, null]);
  assert.equal(told.totalUsd, '0.0000675');
  const free = await (await costApi(warehouse, () => now)).get(`cost/telemetry?${window}`, TelemetryCost);
  assert.deepEqual([free.isPriced, free.totalUsd], [false, '0']);
  const weighed = await (await costApi(warehouse, () => now, { telemetry: { usdPerGb: '1' } })).get(
    `cost/telemetry?${window}`,
    TelemetryCost,
  );
  assert.ok(weighed.rows.every(({ bytes }) => bytes !== null && bytes > 0));
});
