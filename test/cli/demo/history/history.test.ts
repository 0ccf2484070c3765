import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { featureOf, productOf } from '../../../../cli/demo/fleet/attribution.js';
import { expectedPerMinute, scaleFor } from '../../../../cli/demo/fleet/expected-rate.js';
import { senders } from '../../../../cli/demo/fleet/senders.js';
import { shop } from '../../../../cli/demo/fleet/shop.js';
import { describePlaces } from '../../../../cli/demo/history/describe-places.js';
import { chunksOf } from '../../../../cli/demo/history/fill-history.js';
import type { HistoryTruth } from '../../../../cli/demo/history/write-history-truth.js';
import { simulateMinute } from '../../../../cli/demo/simulate/simulate-minute.js';
import { readLatency } from '../../../../query/durations/read-latency.js';
import { readFunctions } from '../../../../query/functions/read-functions.js';
import { windowParts } from '../../../../query/window/window-parts.js';
import { defaultTenant } from '../../../../schemas/access.js';
import { billedRun } from '../../../../schemas/cost/usage/billed-run.js';
import { billings } from '../../../../schemas/cost/usage/billing.js';
import { shopWorld } from '../demo-world.js';
import {
  database,
  fromMinute,
  incidents,
  type MadeHistory,
  makeHistory,
  plan,
  toMinute,
} from './made-history.js';

let opened: MadeHistory['opened'];
let truth: MadeHistory['truth'];

before(async () => {
  // Sums and rows are made, and the process ends before that is written down.
  ({ opened, truth } = await makeHistory([1, 3]));
});
after(() => opened.close());

test('chunks cover a history once, newest first, and never cross midnight', () => {
  for (const ratePerSecond of [3, 400]) {
    const days = { fromMinute: fromMinute - 4000, toMinute };
    const chunks = chunksOf({ ...plan, ...days, world: { ...plan.world, ratePerSecond } });
    for (const pass of ['sums', 'latencies', 'rows', 'calls', 'levels']) {
      const own = chunks.filter((chunk) => chunk.pass === pass);
      let expected = toMinute;
      for (const chunk of own) {
        assert.equal(chunk.toMinute, expected);
        assert.ok(chunk.fromMinute < chunk.toMinute);
        assert.equal(Math.floor(chunk.fromMinute / 1440), Math.floor((chunk.toMinute - 1) / 1440));
        expected = chunk.fromMinute;
      }
      assert.equal(expected, days.fromMinute);
    }
  }
});

test('the places of a quiet week expect what the fleet expects', () => {
  const places = describePlaces({ ...plan.world, incidents: [] }, fromMinute, toMinute);
  const perMinute = new Map<string, number>();
  for (const { function: name, rates, timer_every: every, timer_events: events } of places) {
    const sum = rates.reduce((total, rate) => total + rate, 0) + (every === 0 ? 0 : events / every);
    perMinute.set(name, (perMinute.get(name) ?? 0) + sum);
  }
  for (const [name, expected] of expectedPerMinute(shop, scaleFor(shop, 3)))
    assert.ok(
      Math.abs((perMinute.get(name) ?? 0) / expected - 1) < 0.03,
      `${name}: ${perMinute.get(name)} for ${expected}`,
    );
});

const Sums = z.object({
  function: z.string(),
  at: z.string(),
  n: z.coerce.number(),
  ok: z.coerce.number(),
  error: z.coerce.number(),
  oom: z.coerce.number(),
  cold: z.coerce.number(),
  billedMs: z.coerce.number(),
});
const rolled = `
  SELECT function, formatDateTime(hour, '%Y-%m-%dT%H:00:00Z') AS at, sum(r.n) AS n, sumIf(r.n, outcome = 'ok') AS ok,
    sumIf(r.n, outcome = 'error') AS error, sumIf(r.n, outcome = 'oom') AS oom, sumIf(r.n, cold) AS cold, sum(r.billed_ms) AS billedMs
  FROM invocations_1h AS r WHERE tenant = {tenant: String} GROUP BY ALL`;
const single = `
  SELECT function, formatDateTime(toStartOfHour(started_at), '%Y-%m-%dT%H:00:00Z') AS at, sum(sign) AS n, countIf(outcome = 'ok') AS ok,
    countIf(outcome = 'error') AS error, countIf(outcome = 'oom') AS oom, countIf(cold) AS cold, sum(i.billed_ms) AS billedMs
  FROM invocations AS i WHERE tenant = {tenant: String} GROUP BY ALL`;

for (const [name, sql] of [
  ['sums by hour', rolled],
  ['invocations one by one', single],
] as const)
  test(`an interrupted history: ${name} are those of the truth`, async () => {
    const expected = new Map<string, z.infer<typeof Sums>>();
    for (const { function: fn, at, told } of truth) {
      const { outcomes } = told;
      const sum = expected.get(`${fn} ${at}`) ?? {
        function: fn,
        at,
        n: 0,
        ok: 0,
        error: 0,
        oom: 0,
        cold: 0,
        billedMs: 0,
      };
      expected.set(`${fn} ${at}`, {
        ...sum,
        n: sum.n + told.invocations,
        ok: sum.ok + outcomes.ok,
        error: sum.error + outcomes.error,
        oom: sum.oom + outcomes.oom,
        cold: sum.cold + told.coldStarts,
        billedMs: sum.billedMs + told.billedMs,
      });
    }
    const stored = await opened.warehouse.query(sql, { tenant: defaultTenant }, Sums);
    const inOrder = (rows: z.infer<typeof Sums>[]) =>
      rows
        .filter(({ n }) => n > 0)
        .sort((a, b) => (`${a.function} ${a.at}` < `${b.function} ${b.at}` ? -1 : 1));
    assert.deepEqual(inOrder(stored), inOrder([...expected.values()]));
    assert.ok(stored.reduce((sum, { n }) => sum + n, 0) > 10_000);
  });

const Usage = z.object({
  function: z.string(),
  billing: z.enum(billings),
  duration_ns: z.coerce.number(),
  init_ns: z.coerce.number(),
  billed_ms: z.coerce.number(),
  memory_mb: z.number(),
  units: z.number(),
  product: z.string(),
  feature: z.string(),
});
test('usage of every run is what ingest would have made of it', async () => {
  const rows = await opened.warehouse.query(
    `SELECT function, billing, duration_ns, init_ns, billed_ms, billed_memory_mb AS memory_mb, request_units AS units, product, feature
     FROM invocations ORDER BY cityHash64(span_id) LIMIT 2000`,
    {},
    Usage,
  );
  assert.ok(new Set(rows.map(({ billing }) => billing)).size > 4);
  for (const row of rows) {
    const known = shop.functions.find(({ name }) => name === row.function) ?? assert.fail(row.function);
    assert.equal(row.billing, senders[known.sender].billing);
    const billed = billedRun(row.billing, {
      ...{ startedMs: Date.now(), durationNs: row.duration_ns, initNs: row.init_ns, cpuUs: 0 },
      ...{ memoryMb: known.memoryMb, memoryUsedMb: known.memoryMb, isAsync: false, payloadBytes: null },
      ...{ isRefused: false, hadFreeInit: false },
    });
    assert.deepEqual(
      { billedMs: row.billed_ms, memoryMb: row.memory_mb, requestUnits: row.units },
      { billedMs: billed.billedMs, memoryMb: billed.memoryMb, requestUnits: billed.requestUnits },
      JSON.stringify(row),
    );
    assert.deepEqual([row.product, row.feature], [productOf(known), featureOf(known)]);
  }
});

test('percentiles of a function are those of the truth, within a bucket', async () => {
  const door = opened.warehouse.forTenant(defaultTenant);
  const hours = truth.filter(
    ({ function: name, region }) => name === 'catalogue-api' && region === 'us-central1',
  );
  const [row] = hours.toSorted((a, b) => b.told.invocations - a.told.invocations);
  assert.ok(row !== undefined && row.told.invocations > 40);
  const from = new Date(row.at);
  const window = { from, to: new Date(from.getTime() + 3_600_000) };
  const everything = { environment: null, version: null, region: 'us-central1', cold: null, failed: null };
  const answer = await readLatency(
    door,
    {
      ...everything,
      ...windowParts(window, new Date()),
      function: 'catalogue-api',
      quantiles: [0.5, 0.95],
      underMs: [],
    },
    new Date(),
  );
  const { duration } = row.told;
  for (const [quantile, us] of [
    [0.5, duration?.p50Us],
    [0.95, duration?.p95Us],
  ] as const) {
    const ms = answer.quantilesMs.get(quantile);
    assert.ok(us !== undefined && ms !== undefined && ms !== null && Math.abs(ms / (us / 1000) - 1) < 0.01);
  }
});

test('incidents can be seen: what they break fails, and the cloud counts what nobody tells', async () => {
  const sum = (name: string, of: (row: HistoryTruth) => number) =>
    truth.filter((row) => row.function === name).reduce((total, row) => total + of(row), 0);
  assert.ok(sum('checkout-api', ({ version, outcomes }) => (version === '43' ? outcomes.error : 0)) > 2);
  assert.ok(sum('product-chat', ({ outcomes }) => outcomes.oom) > 0);
  assert.ok(sum('image-resize', ({ retries }) => retries) > 5);
  assert.ok(sum('fraud-score', ({ outcomes }) => outcomes.throttled) > 0);
  assert.ok(sum('cart-api', ({ lost }) => lost) > 20);
  const { functions } = await readFunctions(
    opened.warehouse.forTenant(defaultTenant),
    { ...hourWindow(30, 40), environment: null, team: null, limit: 100 },
    new Date(),
  );
  const cart = functions.find(({ function: name }) => name === 'cart-api');
  assert.ok(cart?.coverageRatio !== null && cart?.coverageRatio !== undefined);
  assert.ok(cart.coverageRatio > 0.4 && cart.coverageRatio < 0.6, String(cart.coverageRatio));
});

function hourWindow(startMinute: number, minutes: number) {
  const from = (fromMinute + startMinute) * 60_000;
  return { from: new Date(from), to: new Date(from + minutes * 60_000) };
}

test('the fleet that sends and the history are alike: counts, failures, latency', () => {
  const minutes = 60;
  const until = fromMinute + minutes;
  const sent = new Map<string, { runs: number; us: number[] }>();
  const world = shopWorld(5, 3, incidents);
  for (let minute = fromMinute; minute < until; minute += 1)
    for (const { function: demoFunction, durationUs } of simulateMinute(world, minute)) {
      const one = sent.get(demoFunction.name) ?? { runs: 0, us: [] };
      one.runs += 1;
      one.us.push(durationUs);
      sent.set(demoFunction.name, one);
    }
  // What incidents do to these few runs would be compared, not the models.
  const broken = new Set([
    'image-resize',
    'checkout-api',
    'product-chat',
    'fraud-score',
    'cart-api',
    'order-events',
  ]);
  let compared = 0;
  for (const [name, { runs, us }] of sent) {
    const rows = truth.filter((row) => row.function === name && Date.parse(row.at) < until * 60_000);
    const made = rows.reduce((total, row) => total + row.invocations, 0);
    if (runs < 150 || broken.has(name)) continue;
    compared += 1;
    // Two Poisson draws of one mean, with bursts.
    assert.ok(
      Math.abs(made - runs) < 6 * Math.sqrt(runs) + 0.25 * runs,
      `${name}: ${made} made, ${runs} sent`,
    );
    const median = us.sort((a, b) => a - b)[Math.floor(us.length / 2)] ?? 0;
    const medians = rows.map(({ duration }) => duration?.p50Us ?? 0).sort((a, b) => a - b);
    const madeMedian = medians[Math.floor(medians.length / 2)] ?? 0;
    assert.ok(Math.abs(madeMedian / median - 1) < 0.25, `${name}: ${madeMedian} us made, ${median} us sent`);
  }
  assert.ok(compared > 4);
});

test('nothing of the making is left behind', async () => {
  const left = await opened.warehouse.query(
    `SELECT name FROM system.tables WHERE database = {database: String} AND startsWith(name, 'history__')`,
    { database },
    z.object({ name: z.string() }),
  );
  assert.deepEqual(left, []);
});
