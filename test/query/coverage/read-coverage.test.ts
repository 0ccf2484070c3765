import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CoverageQuestion } from '../../../query/coverage/read-counted-steps.js';
import { readCoverage } from '../../../query/coverage/read-coverage.js';
import { Tenant } from '../../../schemas/access.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { insertInvocations, type TestInvocation } from '../../support/insert-invocations.js';
import { insertMetricPoints, type TestPoint } from '../../support/insert-metric-points.js';
import { openMigrated } from '../../support/open-migrated.js';

const minuteMs = 60_000;
/** Yesterday at a full hour, because rows older than the retention vanish. */
const from = new Date(Math.floor(Date.now() / 3_600_000 - 24) * 3_600_000);
const minute = (count: number) => new Date(from.getTime() + count * minuteMs);
const to = minute(10);

let warehouse: Warehouse;
let close: () => Promise<void>;
let tenants = 0;
before(async () => {
  ({ warehouse, close } = await openMigrated());
});
after(async () => close());

function freshTenant(): Tenant {
  tenants += 1;
  return Tenant.parse(`tenant-${tenants}`);
}

const runs = (tenant: Tenant, count: number, run: Partial<TestInvocation> = {}): TestInvocation[] =>
  Array.from({ length: count }, (_, index) => ({
    tenant,
    function: 'orders',
    startedAt: minute(index % 5),
    ...run,
  }));

/** One count for each of the first five minutes. */
const counts = (tenant: Tenant, figures: Record<string, number>, minutes = 5): TestPoint[] =>
  Object.entries(figures).flatMap(([name, perMinute]) =>
    Array.from({ length: minutes }, (_, index) => ({
      tenant,
      metric: `amazonaws.com/AWS/Lambda/${name}`,
      kind: 'summary' as const,
      startedAt: minute(index),
      at: minute(index + 1),
      sum: perMinute,
      dimensions: { FunctionName: 'orders' },
      resource: { 'cloud.region': 'eu-central-1' },
    })),
  );

async function ask(tenant: Tenant, question: Partial<CoverageQuestion> = {}) {
  const all = { from, to, function: null, environment: null, stepSeconds: 86_400, limit: 1000 };
  return await readCoverage(warehouse.forTenant(tenant), { ...all, ...question });
}

test('with a fifth of the spans lost and counts there, success equals the truth and coverage reads 0.80', async () => {
  const tenant = freshTenant();
  // In truth 100 runs: 85 good, 5 errors, 10 time-outs. Of them 20 left no span, the time-outs first.
  await insertInvocations(warehouse, [
    ...runs(tenant, 76),
    ...runs(tenant, 4, { outcome: 'error' }),
    ...runs(tenant, 3, { outcome: 'throttled' }),
  ]);
  await insertMetricPoints(warehouse, counts(tenant, { Invocations: 20, Errors: 3, Throttles: 2 }));
  assert.deepEqual(await ask(tenant), [
    {
      function: 'orders',
      environment: 'prod',
      at: from,
      reading: { kind: 'measured', total: 100, good: 85, coverageRatio: 0.8, source: 'provider' },
      counts: { counted: 100, seen: 80 },
      throttles: 10,
    },
  ]);
});

test('a step of a minute has a reading a minute', async () => {
  const tenant = freshTenant();
  await insertInvocations(warehouse, runs(tenant, 40));
  await insertMetricPoints(warehouse, counts(tenant, { Invocations: 10, Errors: 1 }));
  const steps = await ask(tenant, { stepSeconds: 60 });
  assert.deepEqual(
    steps.map(({ at, reading }) => ({ at, reading })),
    Array.from({ length: 5 }, (_, index) => ({
      at: minute(index),
      reading: { kind: 'measured', total: 10, good: 9, coverageRatio: 0.8, source: 'provider' },
    })),
  );
});

test('minutes without a count add what was seen in them, and coverage speaks of the others', async () => {
  const tenant = freshTenant();
  await insertInvocations(warehouse, [
    ...runs(tenant, 40),
    ...runs(tenant, 6, { startedAt: minute(7) }),
    ...runs(tenant, 1, { startedAt: minute(7), outcome: 'error' }),
  ]);
  await insertMetricPoints(warehouse, counts(tenant, { Invocations: 10, Errors: 0 }));
  const [row] = await ask(tenant);
  assert.deepEqual(row?.reading, {
    kind: 'measured',
    total: 57,
    good: 56,
    coverageRatio: 0.8,
    source: 'both',
  });
});

test('a counter told every few minutes covers all the minutes it counted', async () => {
  const tenant = freshTenant();
  await insertInvocations(warehouse, runs(tenant, 40));
  await insertMetricPoints(
    warehouse,
    [4, 9].map((minutes, index) => ({
      tenant,
      environment: 'prod',
      function: 'orders',
      metric: 'faas.invocations',
      kind: 'sum',
      temporality: 'cumulative',
      startedAt: from,
      at: minute(minutes),
      value: [44, 50][index] ?? 0,
    })),
  );
  const [row] = await ask(tenant);
  assert.deepEqual(row?.reading, {
    kind: 'measured',
    total: 50,
    good: 50,
    coverageRatio: 0.8,
    source: 'provider',
  });
});

test('answers of 5xx, which the provider does not count as errors, are added to its errors', async () => {
  const tenant = freshTenant();
  await insertInvocations(warehouse, [...runs(tenant, 75), ...runs(tenant, 1, { outcome: 'error' })]);
  await warehouse.command(
    `INSERT INTO invocations (tenant, environment, function, started_at, outcome, http_status, error_type, region, provider)
     SELECT {tenant: String}, 'prod', 'orders', {at: DateTime64(3, 'UTC')}, 'error', 502, '502', 'eu-central-1', 'aws' FROM numbers(4)`,
    { tenant, at: minute(1) },
  );
  await insertMetricPoints(warehouse, counts(tenant, { Invocations: 20, Errors: 1 }));
  const [row] = await ask(tenant);
  assert.deepEqual(row?.reading, {
    kind: 'measured',
    total: 100,
    good: 90,
    coverageRatio: 0.8,
    source: 'provider',
  });
});

test('telemetry alone, counts alone, and neither', async () => {
  const tenant = freshTenant();
  await insertInvocations(warehouse, runs(tenant, 5, { function: 'seen' }));
  await insertMetricPoints(warehouse, counts(tenant, { Invocations: 2, Errors: 1 }));
  const rows = await ask(tenant);
  assert.deepEqual(
    rows.map((row) => [row.function, row.environment, row.reading, row.throttles]),
    [
      ['orders', '', { kind: 'measured', total: 10, good: 5, coverageRatio: 0, source: 'provider' }, null],
      [
        'seen',
        'prod',
        { kind: 'measured', total: 5, good: 5, coverageRatio: null, source: 'telemetry' },
        null,
      ],
    ],
  );
  assert.deepEqual(await ask(freshTenant()), []);
});

test('corrections change what was seen, and filters keep one function and environment', async () => {
  const tenant = freshTenant();
  await insertInvocations(warehouse, [
    ...runs(tenant, 4),
    ...runs(tenant, 3, { environment: 'dev', function: 'b' }),
  ]);
  await warehouse.command(
    `INSERT INTO invocations (tenant, environment, function, started_at, outcome, region, provider, team, sign, revision)
     SELECT tenant, environment, function, started_at, outcome, region, provider, team, -1, 0
     FROM invocations WHERE tenant = {tenant: String} AND function = 'orders' LIMIT 1`,
    { tenant },
  );
  const totals = async (question: Partial<CoverageQuestion>) =>
    (await ask(tenant, question)).map(({ function: name, reading }) => [
      name,
      reading.kind === 'measured' ? reading.total : null,
    ]);
  assert.deepEqual(await totals({}), [
    ['b', 3],
    ['orders', 3],
  ]);
  assert.deepEqual(await totals({ function: 'orders' }), [['orders', 3]]);
  assert.deepEqual(await totals({ environment: 'dev' }), [['b', 3]]);
});

test('more counted functions than one statement takes are all answered, in order', async () => {
  const tenant = freshTenant();
  const names = Array.from({ length: 700 }, (_, index) => `${'long-name-'.repeat(8)}${1000 + index}`);
  await insertMetricPoints(
    warehouse,
    names.flatMap((name) =>
      counts(tenant, { Invocations: 2 }, 1).map((point) => ({
        ...point,
        dimensions: { FunctionName: name },
      })),
    ),
  );
  await insertInvocations(warehouse, [
    ...runs(tenant, 1, { function: names[699] ?? '' }),
    ...runs(tenant, 1, { function: 'uncounted' }),
  ]);
  const counted = await ask(tenant, { countedOnly: true });
  assert.deepEqual(
    counted.map((one) => one.function),
    names,
  );
  assert.deepEqual(counted.at(-1)?.counts, { seen: 1, counted: 2 });
  const all = await ask(tenant);
  assert.deepEqual(
    all.map((one) => one.function),
    [...names, 'uncounted'],
  );
  assert.equal(all.at(-1)?.counts, null);
});
