import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readProviderCounts } from '../../../query/coverage/read-provider-counts.js';
import { Tenant } from '../../../schemas/access.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { insertMetricPoints, type TestPoint } from '../../support/insert-metric-points.js';
import { openMigrated } from '../../support/open-migrated.js';
import { faas, from, lambda, minute } from './count-points.js';

const to = minute(10);

let warehouse: Warehouse;
let close: () => Promise<void>;
let tenants = 0;
before(async () => {
  ({ warehouse, close } = await openMigrated());
});
after(async () => close());

type Counts = Record<string, number>;

/** The figures over the window by metric, and by function where there are several. */
async function countsOf(
  points: readonly Omit<TestPoint, 'tenant'>[],
  question: { from?: Date; to?: Date; stepSeconds?: number } = {},
): Promise<Counts> {
  tenants += 1;
  const tenant = Tenant.parse(`tenant-${tenants}`);
  await insertMetricPoints(
    warehouse,
    points.map((point) => ({ tenant, ...point })),
  );
  return await ask(tenant, question);
}

async function ask(tenant: Tenant, question: { from?: Date; to?: Date }): Promise<Counts> {
  const metrics = [
    'invocations',
    'errors',
    'timeouts',
    'throttles',
    'concurrent_executions',
    'iterator_age_ms',
  ];
  const rows = await readProviderCounts(warehouse.forTenant(tenant), {
    from,
    to,
    metrics,
    function: null,
    environment: null,
    stepSeconds: 86_400,
    limit: 100,
    ...question,
  });
  return Object.fromEntries(
    rows.map((row) => [row.function === 'orders' ? row.metric : `${row.function} ${row.metric}`, row.value]),
  );
}

const cases: {
  name: string;
  points: Omit<TestPoint, 'tenant'>[];
  question?: { from?: Date; to?: Date };
  expected: Counts;
}[] = [
  {
    name: 'CloudWatch: sums are added over minutes, levels are the highest',
    points: [
      lambda('Invocations', minute(1), { sum: 7, max: 1 }),
      lambda('Invocations', minute(2), { sum: 5, max: 1 }),
      lambda('Throttles', minute(1), { sum: 2, max: 1 }),
      lambda('ConcurrentExecutions', minute(1), { sum: 9, max: 4 }),
      lambda('ConcurrentExecutions', minute(2), { sum: 9, max: 3 }),
      lambda('IteratorAge', minute(1), { sum: 9000, max: 1500 }),
      lambda('Duration', minute(1), { sum: 9, max: 4 }),
    ],
    expected: { invocations: 12, throttles: 2, concurrent_executions: 4, iterator_age_ms: 1500 },
  },
  {
    name: 'CloudWatch: overlapping dimension sets are never added',
    points: [
      lambda('Invocations', minute(1), { sum: 7 }),
      lambda('Invocations', minute(1), {
        sum: 4,
        dimensions: { FunctionName: 'orders', Resource: 'orders:live' },
      }),
      lambda('Invocations', minute(1), {
        sum: 3,
        dimensions: { FunctionName: 'orders', Resource: 'orders' },
      }),
      lambda('Invocations', minute(1), {
        sum: 4,
        dimensions: { FunctionName: 'orders', Resource: 'orders:live', ExecutedVersion: '7' },
      }),
      lambda('Invocations', minute(1), { sum: 99, dimensions: {} }),
      lambda('Invocations', minute(1), {
        sum: 50,
        dimensions: { FunctionName: 'orders', EventSourceMappingUUID: 'u' },
      }),
    ],
    expected: { invocations: 7 },
  },
  {
    name: 'CloudWatch: a later word on a minute replaces the earlier, whichever is stored first',
    points: [
      lambda('Invocations', minute(1), { sum: 9, receivedAt: minute(5) }),
      lambda('Invocations', minute(1), { sum: 7, receivedAt: minute(3) }),
    ],
    expected: { invocations: 9 },
  },
  {
    name: 'CloudWatch: two regions are two places and add up',
    points: [
      lambda('Invocations', minute(1), { sum: 7 }),
      lambda('Invocations', minute(1), {
        sum: 2,
        resource: { 'cloud.region': 'us-east-1', 'cloud.account.id': '1' },
      }),
    ],
    expected: { invocations: 9 },
  },
  {
    name: 'a period belongs to the minute in which it ends, and the window is half-open',
    points: [
      lambda('Invocations', minute(0), { sum: 100 }),
      lambda('Invocations', minute(1), { sum: 1 }),
      lambda('Invocations', minute(10), { sum: 2 }),
      lambda('Invocations', minute(11), { sum: 100 }),
    ],
    expected: { invocations: 3 },
  },
  {
    name: 'faas.*: successes, errors and time-outs are all invocations, and time-outs errors too',
    points: [
      faas('invocations', minute(2), 10),
      faas('errors', minute(2), 3),
      faas('timeouts', minute(2), 1),
    ],
    expected: { invocations: 14, errors: 4, timeouts: 1 },
  },
  {
    name: 'faas.*: what is told again at shutdown, late and out of order counts once',
    points: [
      faas('invocations', minute(5), 9),
      faas('invocations', minute(2), 4),
      faas('invocations', minute(3), 4),
      faas('invocations', minute(6), 9),
      faas('invocations', minute(6), 9),
    ],
    expected: { invocations: 9 },
  },
  {
    name: 'faas.*: instances are series of their own, and a new start counts anew',
    points: [
      faas('invocations', minute(2), 4, { resource: { 'service.instance.id': 'a' } }),
      faas('invocations', minute(4), 6, { resource: { 'service.instance.id': 'b' } }),
      faas('invocations', minute(4), 5, { resource: { 'service.instance.id': 'a' }, startedAt: minute(3) }),
    ],
    expected: { invocations: 15 },
  },
  {
    name: 'faas.*: what was counted before the window is not in it',
    points: [faas('invocations', minute(2), 4), faas('invocations', minute(6), 7)],
    question: { from: minute(3) },
    expected: { invocations: 3 },
  },
  {
    name: 'faas.*: a counter older than a day, or of unknown age, only tells its base at first; a fall is a new start',
    points: [
      faas('invocations', minute(2), 400, { startedAt: minute(-3000), resource: { i: 'a' } }),
      faas('invocations', minute(3), 405, { startedAt: minute(-3000), resource: { i: 'a' } }),
      faas('errors', minute(2), 70, { startedAt: new Date(0), resource: { i: 'b' } }),
      faas('errors', minute(3), 2, { startedAt: new Date(0), resource: { i: 'b' } }),
    ],
    expected: { invocations: 7, errors: 2 },
  },
  {
    name: 'faas.*: differences told as such are added, and once',
    points: [
      faas('invocations', minute(2), 4, { temporality: 'delta', startedAt: minute(1) }),
      faas('invocations', minute(3), 5, { temporality: 'delta', startedAt: minute(2) }),
      faas('invocations', minute(3), 5, { temporality: 'delta', startedAt: minute(2) }),
    ],
    expected: { invocations: 9 },
  },
  {
    name: 'faas.* is left out where the provider counts',
    points: [lambda('Invocations', minute(1), { sum: 7 }), faas('invocations', minute(2), 6)],
    expected: { invocations: 7 },
  },
  {
    name: 'Knative: the histogram’s count, failed answers as errors',
    points: (['200', '503'] as const).map((code, index) => ({
      metric: 'kn.serving.invocation.duration',
      kind: 'histogram' as const,
      temporality: 'cumulative' as const,
      startedAt: from,
      at: minute(2),
      count: 5 - index,
      attributes: { 'kn.service.name': 'pay', 'http.response.status_code': code },
    })),
    expected: { 'pay invocations': 9, 'pay errors': 4 },
  },
  {
    name: 'Google: requests by class of answer, executions by status',
    points: [
      ...(['2xx', '5xx'] as const).map((code) => ({
        metric: 'run.googleapis.com/request_count',
        kind: 'sum' as const,
        temporality: 'delta' as const,
        at: minute(2),
        value: 5,
        resource: { service_name: 'pay' },
        attributes: { response_code_class: code },
      })),
      ...(['ok', 'timeout', 'crash'] as const).map((status) => ({
        metric: 'cloudfunctions.googleapis.com/function/execution_count',
        kind: 'sum' as const,
        temporality: 'delta' as const,
        at: minute(2),
        value: 2,
        resource: { function_name: 'fn' },
        attributes: { status },
      })),
    ],
    expected: {
      'pay invocations': 10,
      'pay errors': 5,
      'fn invocations': 6,
      'fn errors': 4,
      'fn timeouts': 2,
    },
  },
  {
    name: 'Azure: executions of the app',
    points: [
      {
        metric: 'azure_functionexecutioncount_total',
        kind: 'gauge',
        at: minute(2),
        value: 8,
        attributes: { name: 'shop-app' },
      },
    ],
    expected: { 'shop-app invocations': 8 },
  },
];
for (const { name, points, question, expected } of cases) {
  test(`provider counts: ${name}`, async () => {
    assert.deepEqual(await countsOf(points, question), expected);
  });
}

test('provider counts: neighbouring windows add up to the whole, however many points come between', async () => {
  tenants += 1;
  const tenant = Tenant.parse(`tenant-${tenants}`);
  const values = [2, 2, 5, 9, 9, 12, 20, 21, 30];
  await insertMetricPoints(
    warehouse,
    values.map((value, index) => ({ tenant, ...faas('invocations', minute(index + 1), value) })),
  );
  for (let cut = 1; cut < 9; cut++) {
    const [left, right] = [await ask(tenant, { to: minute(cut) }), await ask(tenant, { from: minute(cut) })];
    assert.equal((left['invocations'] ?? 0) + (right['invocations'] ?? 0), 30, `cut at minute ${cut}`);
  }
});

test('provider counts: a count is placed in the environment in which that function was seen', async () => {
  tenants += 1;
  const tenant = Tenant.parse(`tenant-${tenants}`);
  await insertInvocations(warehouse, [
    { tenant, function: 'orders', environment: 'prod', startedAt: minute(1), region: 'eu-central-1' },
    { tenant, function: 'orders', environment: 'dev', startedAt: minute(1), region: 'us-east-1' },
    { tenant, function: 'twice', environment: 'prod', startedAt: minute(1) },
    { tenant, function: 'twice', environment: 'dev', startedAt: minute(1) },
  ]);
  await insertMetricPoints(warehouse, [
    { tenant, ...lambda('Invocations', minute(1), { sum: 7 }) },
    { tenant, ...lambda('Invocations', minute(1), { sum: 7, dimensions: { FunctionName: 'twice' } }) },
  ]);
  const rows = await readProviderCounts(warehouse.forTenant(tenant), {
    ...{ from, to, metrics: ['invocations'], function: null, environment: null, stepSeconds: 60, limit: 100 },
  });
  assert.deepEqual(
    rows.map((row) => ({
      function: row.function,
      environment: row.environment,
      at: row.at,
      value: row.value,
    })),
    [{ function: 'orders', environment: 'prod', at: from, value: 7 }],
  );
});
