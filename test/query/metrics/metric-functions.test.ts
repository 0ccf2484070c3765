import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFunctions } from '../../../query/functions/read-functions.js';
import { Tenant } from '../../../schemas/access.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';

const tenant = Tenant.parse('metrics');
const now = new Date();
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const window = { from: ago(60), to: now, environment: null, team: null, limit: 100 };

const INSERT = `
  INSERT INTO metric_points (tenant, environment, service, function, metric, kind, temporality, unit, started_at, at, count,
    min, max, bounds, bucket_counts, scale, positive_offset, positive_counts, zero_count, attributes)
  SELECT 'metrics', 'prod', {name: String}, {name: String}, {metric: String}, {kind: String}, {temporality: String}, {unit: String},
    {started: DateTime64(3, 'UTC')}, {at: DateTime64(3, 'UTC')}, arraySum({counts: Array(UInt64)}), NULL, NULL,
    {bounds: Array(Float64)}, if({kind: String} = 'histogram', {counts: Array(UInt64)}, []), {scale: Int32}, {offset: Int32},
    if({kind: String} = 'histogram', [], {counts: Array(UInt64)}), 0, if({status: String} = '', map(), map('http.response.status_code', {status: String}))`;

type Sent = { name: string; at: Date; counts: number[] } & Partial<{
  metric: string;
  kind: string;
  temporality: string;
  unit: string;
  started: Date;
  bounds: number[];
  scale: number;
  offset: number;
  status: string;
}>;

let warehouse: Warehouse;
let close: () => Promise<void>;

async function send(sent: Sent): Promise<void> {
  await warehouse.command(INSERT, {
    metric: 'faas.invoke_duration',
    kind: 'histogram',
    temporality: 'delta',
    unit: 's',
    started: ago(600),
    bounds: sent.kind === 'exponential_histogram' ? [] : [0.1, 0.2, 0.4],
    scale: 0,
    offset: 0,
    status: '',
    ...sent,
  });
}

before(async () => {
  ({ warehouse, close } = await openMigrated());
});
after(async () => close());

async function summary(name: string) {
  const { functions } = await readFunctions(warehouse.forTenant(tenant), window, now);
  return functions.filter((one) => one.function === name);
}

test('delta points of the window add up, and percentiles lie in the bucket they were sent in', async () => {
  for (const minutes of [70, 50, 40]) await send({ name: 'delta', at: ago(minutes), counts: [10, 80, 9, 1] });
  const [found] = await summary('delta');
  assert.deepEqual([found?.source, found?.invocations, found?.successRatio], ['metrics', 200, null]);
  assert.ok(found?.p50Ms !== null && found?.p50Ms !== undefined && found.p50Ms > 100 && found.p50Ms <= 201);
  assert.ok(found.p99Ms !== null && found.p99Ms > 200 && found.p99Ms <= 402);
});

test('a cumulative series counts what came since its last point before the window, and after a restart from zero', async () => {
  const cumulative = { name: 'total', temporality: 'cumulative' };
  await send({ ...cumulative, at: ago(80), counts: [100, 0, 0, 0] });
  await send({ ...cumulative, at: ago(30), counts: [130, 5, 0, 0] });
  await send({ ...cumulative, at: ago(20), started: ago(25), counts: [7, 0, 0, 0] });
  assert.equal((await summary('total'))[0]?.invocations, 42);
});

test('exponential histograms of different scales are subtracted, and units are heeded', async () => {
  const exponential = { name: 'expo', kind: 'exponential_histogram', temporality: 'cumulative', unit: 'ms' };
  // Scale 1 buckets 8 to 11 are scale 0 buckets 4 and 5: 16 to 32 and 32 to 64 ms.
  await send({ ...exponential, at: ago(70), scale: 1, offset: 8, counts: [1, 2, 3, 4] });
  await send({ ...exponential, at: ago(10), scale: 0, offset: 4, counts: [23, 7] });
  const [found] = await summary('expo');
  assert.equal(found?.invocations, 20);
  assert.ok(found.p50Ms !== null && found.p50Ms >= 16 && found.p50Ms <= 32.2);
});

test('statuses tell failures; a second metric of the same runs is not added', async () => {
  const server = { name: 'http', metric: 'http.server.request.duration', at: ago(5) };
  await send({ ...server, counts: [5, 0, 0, 0], status: '200' });
  await send({ ...server, counts: [0, 3, 0, 0], status: '503' });
  await send({ name: 'both', at: ago(5), counts: [4, 0, 0, 0] });
  await send({ ...server, name: 'both', counts: [4, 0, 0, 0], status: '200' });
  const [http] = await summary('http');
  assert.deepEqual([http?.invocations, http?.bad, http?.successRatio], [8, 3, 5 / 8]);
  assert.equal((await summary('both'))[0]?.invocations, 4);
});

test('a function known by its invocations is not counted again by its metrics', async () => {
  await insertInvocations(warehouse, [{ tenant, function: 'seen', startedAt: ago(5) }]);
  await send({ name: 'seen', at: ago(4), counts: [50, 0, 0, 0] });
  const found = await summary('seen');
  assert.deepEqual(
    found.map(({ source, invocations }) => ({ source, invocations })),
    [{ source: 'invocations', invocations: 1 }],
  );
});
