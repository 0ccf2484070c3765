import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { z } from 'zod';
import { createApp } from '../../../http/create-app.js';
import { loadPriceBooks } from '../../../query/cost/load-price-book.js';
import { sliRoutes } from '../../../query/routes/sli.js';
import { type Access, defaultTenant } from '../../../schemas/access.js';
import { Cost } from '../../../schemas/config/cost.js';
import { SliAnswer, sliNames } from '../../../schemas/sli.js';
import type { ZodApp } from '../../../schemas/zod-http.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { insertMetricPoints } from '../../support/insert-metric-points.js';
import { insertSpans } from '../../support/insert-spans.js';
import { openMigrated } from '../../support/open-migrated.js';
import { insertUsage } from '../cost/insert-usage.js';

const minuteMs = 60_000;
/** Ten minutes of traffic end here, an hour ago. */
const endMs = Math.floor(Date.now() / (10 * minuteMs)) * 10 * minuteMs - 60 * minuteMs;
const now = new Date(endMs + 60 * minuteMs);
const startMs = endMs - 10 * minuteMs;
const at = (minute: number, second = 0) => new Date(startMs + minute * minuteMs + second * 1000);
const traceId = (n: number) => n.toString(16).padStart(32, 'a');

let warehouse: Warehouse;
let close: () => Promise<void>;
let app: ZodApp;

const CONCURRENCY = `
  INSERT INTO concurrency_1m (tenant, environment, function, minute, running_max, computed_at)
  SELECT 'default', 'prod', 'pay', toDateTime({at: DateTime64(3, 'UTC')}) + number * 60, 50 + number * 50, now64(3) FROM numbers(3)`;

before(async () => {
  ({ warehouse, close } = await openMigrated());
  app = createApp({
    newId: () => 'id',
    logger: false,
    authenticate: async () => ({ tenant: defaultTenant, role: 'viewer', keyId: null }),
  });
  const doors = { now: () => now, openTenant: ({ tenant }: Access) => warehouse.forTenant(tenant) };
  const settings = Cost.parse({});
  const costs = { books: await loadPriceBooks(settings), settings };
  await sliRoutes({ ...doors, costs }, { metrics: [], deadLetter: [] })(app);
  // An hour before the rest, the only run with a price.
  await insertUsage(warehouse, [{ function: 'priced', at: at(-60) }]);
  await insertInvocations(
    warehouse,
    Array.from({ length: 10 }, (_, index) => ({
      function: 'pay',
      startedAt: at(index, 5),
      durationMs: (index + 1) * 100,
      version: index < 5 ? 'v1' : 'v2',
      cold: index === 0 || index === 9,
      ...(index === 0 ? { initMs: 400 } : index === 9 ? { initMs: 800 } : {}),
      ...(index === 9 ? ({ outcome: 'error', errorType: 'TypeError' } as const) : {}),
      ...(index === 5 ? ({ outcome: 'timeout', errorType: 'Timeout' } as const) : {}),
      ...(index === 6 ? { httpStatus: 401 } : {}),
      eventAgeMs: index * 1000,
      memoryMb: 100,
      memoryUsedMb: 10 * (index + 1),
      customer: index % 2 === 0 ? 'acme' : 'ajax',
      tags: { tier: index < 3 ? 'gold' : 'tin' },
      trigger: 'http',
      traceId: traceId(index),
    })),
  );
  await insertInvocations(warehouse, [
    // A trace of two runs: 100 ms, and 50 ms that end 1.05 s after the first began.
    { function: 'mail', startedAt: new Date(at(0, 6).getTime()), durationMs: 50, traceId: traceId(0) },
    { function: 'sampled', startedAt: at(3), weight: 4 },
    { function: 'sampled', startedAt: at(4), weight: 4, outcome: 'error' },
    { function: 'sampled', startedAt: at(4), outcome: 'rejected' },
    // As long before the window as it is long.
    { function: 'pay', startedAt: at(-5), durationMs: 10, outcome: 'error', cold: true },
  ]);
  await insertSpans(warehouse, [call('1', 20, 'ok'), call('2', 40, 'ok'), call('3', 400, 'error')]);
  await insertMetricPoints(warehouse, [
    ...[0, 2, 5, 5].map((depth, index) => sqs('ApproximateNumberOfMessagesVisible', index, depth)),
    ...[10, 70, 20].map((age, index) => sqs('ApproximateAgeOfOldestMessage', index, age)),
    counted('Invocations', 1, 4),
    counted('Throttles', 1, 1),
  ]);
  await warehouse.command(CONCURRENCY, { at: at(1) });
  await incident('quick', ['fired', 2], ['fired', 2], ['resolved', 5]);
  await incident('again', ['fired', 3], ['resolved', 4], ['reopened', 5], ['resolved', 9]);
  await incident('open', ['fired', 4]);
  await incident('withheld', ['withheld', 4]);
});
after(async () => {
  await app.close();
  await close();
});

const INCIDENT = `
  INSERT INTO incident_events (tenant, incident, sequence, event_id, kind, at, appended_at, body)
  SELECT 'default', {incident: String}, {sequence: UInt32}, {id: String}, {kind: String}, {at: DateTime64(3, 'UTC')}, now64(3), {body: String}`;

async function incident(name: string, ...events: readonly (readonly [kind: string, minute: number])[]) {
  for (const [index, [kind, minute]] of events.entries())
    await warehouse.command(INCIDENT, {
      incident: name,
      sequence: index + 1,
      id: `${name} ${kind} ${minute}`,
      kind,
      at: at(minute),
      body: JSON.stringify({ labels: { function: 'pay' } }),
    });
}

function call(n: string, durationMs: number, status: 'ok' | 'error') {
  const ids = { traceId: traceId(1), spanId: n.repeat(16), parentSpanId: 'f'.repeat(16) };
  return {
    tenant: 'default',
    ...ids,
    name: 'GET',
    startedAt: at(2),
    durationMs,
    status,
    function: 'pay',
    peer: 'bank',
  };
}
function sqs(name: string, minute: number, value: number) {
  const metric = `amazonaws.com/AWS/SQS/${name}`;
  return {
    tenant: 'default',
    metric,
    kind: 'summary' as const,
    at: at(minute + 1),
    max: value,
    dimensions: { QueueName: 'pay-dlq' },
  };
}
function counted(name: string, minute: number, sum: number) {
  const dimensions = { FunctionName: 'pay' };
  const metric = `amazonaws.com/AWS/Lambda/${name}`;
  return {
    tenant: 'default',
    metric,
    kind: 'summary' as const,
    startedAt: at(minute),
    at: at(minute + 1),
    count: 1,
    sum,
    dimensions,
  };
}

const range = `from=${startMs}&to=${endMs}`;

async function get(query: string): Promise<z.infer<typeof SliAnswer>> {
  const response = await app.inject({ url: `/api/v1/sli?${query}` });
  assert.equal(response.statusCode, 200, response.body);
  return SliAnswer.parse(response.json());
}

type Case = [query: string, good: number, total: number, value: number | null];
const wholes: readonly Case[] = [
  ['sli=success&function=pay', 8, 10, 0.8],
  ['sli=success&function=pay&coldStarts=excluded', 7, 8, 7 / 8],
  ['sli=success&function=pay&coldStarts=only', 1, 2, 0.5],
  ['sli=success&function=sampled', 4, 9, 4 / 9],
  ['sli=success&customer=acme&function=pay', 5, 5, 1],
  ['sli=success&tag=tier%3Dgold', 3, 3, 1],
  ['sli=error&function=pay', 8, 10, 0.8],
  ['sli=error&function=pay&errorType=TypeError', 9, 10, 0.9],
  ['sli=timeout&function=pay', 9, 10, 0.9],
  ['sli=latency&function=pay&thresholdMs=550', 5, 10, 0.5],
  ['sli=latency&function=pay&thresholdMs=550&coldStarts=excluded', 4, 8, 0.5],
  ['sli=latency&function=pay&thresholdMs=550&trigger=http', 5, 10, 0.5],
  ['sli=initTime&function=pay&thresholdMs=500', 1, 2, 600],
  ['sli=eventAge&function=pay&thresholdMs=5000', 5, 10, 4500],
  ['sli=memory&function=pay', 10, 10, 0.55],
  ['sli=authFailure', 18, 20, 0.9],
  ['sli=authFailure&function=pay', 9, 10, 0.9],
  ['sli=availability&function=pay&slice=5m&atLeast=0.8', 1, 2, 0.5],
  ['sli=traceLatency&function=pay&thresholdMs=1000', 8, 10, 645],
  ['sli=coverage&function=pay', 1, 4, 0.25],
  ['sli=concurrency&function=pay', 3, 3, 150],
  ['sli=saturation&function=pay&limit=200&below=0.5', 2, 3, 0.75],
  ['sli=dependencyError&function=pay', 2, 3, 2 / 3],
  ['sli=dependencyLatency&peer=bank&thresholdMs=100', 2, 3, 2 / 3],
  ['sli=dlqGrowth&queue=pay-dlq', 2, 4, 5],
  ['sli=queueAge&queue=pay-dlq&thresholdMs=30000', 2, 3, 70_000],
  ['sli=timeToRemediation&thresholdMs=240000', 1, 3, 270_000],
  ['sli=timeToRemediation&function=pay&thresholdMs=7200000', 2, 2, 270_000],
  ['sli=throttle&function=sampled', 9, 9, 1],
  // Nine seen outside the minute the provider counted, and four and a throttle inside.
  ['sli=throttle&function=pay', 13, 14, 13 / 14],
];
for (const [query, good, total, value] of wholes)
  test(`${query} is ${good} of ${total}`, async () => {
    const { series } = await get(`${query}&${range}`);
    assert.equal(series.length, 1);
    const { summary } = series[0] ?? assert.fail();
    assert.deepEqual([summary.good, summary.total], [good, total]);
    if (value === null) assert.equal(summary.value, null);
    else
      assert.ok(
        Math.abs((summary.value ?? Number.NaN) - value) < 1e-6 * value,
        `${summary.value} is not ${value}`,
      );
  });

test('every indicator answers a window without anything with nulls, and a whole day without a number that is none', async () => {
  for (const sli of sliNames) {
    const empty = await get(`sli=${sli}&function=nobody&${range}`);
    for (const { summary, points } of empty.series) {
      assert.deepEqual([summary.total, summary.value], [0, null], sli);
      assert.ok(
        points.every(({ total, value }) => total === 0 && value === null),
        sli,
      );
    }
    const response = await app.inject({ url: `/api/v1/sli?sli=${sli}&windowMs=86400000` });
    assert.doesNotMatch(response.body, /NaN|Infinity/);
    SliAnswer.parse(response.json());
  }
});

test('cold starts are told apart among the bad', async () => {
  const { series } = await get(`sli=success&function=pay&${range}`);
  const { coldBad, coldBadRatio } = series[0]?.summary ?? assert.fail();
  assert.deepEqual([coldBad, coldBadRatio], [1, 0.5]);
  const latency = await get(`sli=latency&function=pay&thresholdMs=550&${range}`);
  assert.deepEqual(latency.series[0]?.summary.coldBad, 1);
});

test('types of errors share out everything that ran', async () => {
  const { series } = await get(`sli=error&function=pay&groupBy=errorType&${range}`);
  const found = series.map(({ labels, summary }) => [labels['errorType'], summary.good, summary.total]);
  assert.deepEqual(found.sort(), [
    ['Timeout', 9, 10],
    ['TypeError', 9, 10],
  ]);
});

test('percentiles are series of their own, and exact of few', async () => {
  const { unit, series } = await get(`sli=latency&function=pay&quantiles=0.5,0.99&step=5m&${range}`);
  assert.equal(unit, 'ms');
  assert.deepEqual(
    series.map(({ labels, summary, points }) => [
      labels['quantile'],
      summary.value,
      ...points.map(({ value }) => value),
    ]),
    [
      ['0.5', 500, 300, 800],
      ['0.99', 1000, 500, 1000],
    ],
  );
  const traces = await get(`sli=traceLatency&quantiles=0.999&function=pay&${range}`);
  assert.equal(traces.series[0]?.summary.value, 1050);
});

test('a window is compared with the one before, and a version with another', async () => {
  const before = await get(`sli=success&function=pay&compare=previous&${range}`);
  assert.deepEqual(
    [
      before.compared?.to,
      before.series[0]?.summary.total,
      before.series[0]?.compared?.good,
      before.series[0]?.compared?.total,
    ],
    [before.from, 10, 0, 1],
  );
  const versions = await get(`sli=success&function=pay&version=v2&compareVersion=v1&${range}`);
  const { summary, compared } = versions.series[0] ?? assert.fail();
  assert.deepEqual([summary.good, summary.total, compared?.good, compared?.total], [3, 5, 5, 5]);
  assert.equal(versions.compared?.version, 'v1');
});

test('series are split by anything rows tell', async () => {
  const { series } = await get(`sli=success&function=pay&groupBy=customer,tag:tier&${range}`);
  const found = series.map(({ labels, summary }) => [labels['customer'], labels['tag:tier'], summary.total]);
  assert.deepEqual(found.sort(), [
    ['acme', 'gold', 2],
    ['acme', 'tin', 3],
    ['ajax', 'gold', 1],
    ['ajax', 'tin', 4],
  ]);
});

test('dead letters are bad among the requests of the function that failed on them', async () => {
  const doors = { now: () => now, openTenant: ({ tenant }: Access) => warehouse.forTenant(tenant) };
  const configured = createApp({
    newId: () => 'id',
    logger: false,
    authenticate: async () => ({ tenant: defaultTenant, role: 'viewer', keyId: null }),
  });
  await sliRoutes(doors, {
    metrics: [],
    deadLetter: [{ queue: 'pay-dlq', of: 'pay-queue', function: 'pay' }],
  })(configured);
  const response = await configured.inject({ url: `/api/v1/sli?sli=dlqRate&function=pay&${range}` });
  const { summary } = SliAnswer.parse(response.json()).series[0] ?? assert.fail();
  await configured.close();
  assert.deepEqual([summary.good, summary.total], [8, 13]);
});
