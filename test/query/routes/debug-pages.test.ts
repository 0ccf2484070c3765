import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createApp } from '../../../http/create-app.js';
import { readRoutes } from '../../../query/routes/read-routes.js';
import { type Access, defaultTenant } from '../../../schemas/access.js';
import { InvocationPage } from '../../../schemas/invocations.js';
import { Heatmap, LatencySummary } from '../../../schemas/latency.js';
import { Problem } from '../../../schemas/problem.js';
import { SliAnswer } from '../../../schemas/sli.js';
import { Suggestions } from '../../../schemas/suggestions.js';
import { LogPage, Trace } from '../../../schemas/trace.js';
import type { ZodApp } from '../../../schemas/zod-http.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';

const now = new Date();
const ago = (ms: number) => new Date(now.getTime() - ms);
const traceId = 'ab'.repeat(16);

const SPANS = `
  INSERT INTO spans (tenant, environment, service, name, kind, started_at, duration_ns, status, trace_id, span_id, parent_span_id,
    resource_hash, attribute_keys, attribute_values, events, received_at)
  SELECT 'default', 'prod', 'pay', name, 'server', {at: DateTime64(3, 'UTC')} + toIntervalMillisecond(offset), 5000000, 'ok',
    unhex({trace: String}), unhex(span), unhex(parent), 7, '["k"]', '["v"]', [({at: DateTime64(3, 'UTC')}, 'boom', map('e', 'x'))], now64(3)
  FROM values('name String, offset Int32, span String, parent String',
    ('root', 10, '1111111111111111', '0000000000000000'), ('early child', 2, '2222222222222222', '1111111111111111'),
    ('orphan', 30, '3333333333333333', '9999999999999999'), ('root', 10, '1111111111111111', '0000000000000000'))`;
const RESOURCE = `INSERT INTO resources (tenant, resource_hash, seen_on, attributes) VALUES ('default', 7, today(), map('service.name', 'pay'))`;
const LOG = `
  INSERT INTO logs (tenant, environment, function, at, severity, body, trace_id, invocation_id)
  SELECT 'default', 'prod', 'pay', {at: DateTime64(3, 'UTC')} + toIntervalMillisecond(number), number * 4, concat('line ', toString(number), ' Done'),
    if(number = 1, unhex({trace: String}), ''), 'i1' FROM numbers(6)`;

let warehouse: Warehouse;
let close: () => Promise<void>;
let app: ZodApp;

before(async () => {
  ({ warehouse, close } = await openMigrated());
  app = createApp({
    newId: () => 'id',
    logger: false,
    authenticate: async () => ({ tenant: defaultTenant, role: 'viewer', keyId: null }),
  });
  const doors = { now: () => now, openTenant: ({ tenant }: Access) => warehouse.forTenant(tenant) };
  await readRoutes(doors, { metrics: [], deadLetter: [] })(app);
  const span = (index: number) => index.toString(16).padStart(16, '0');
  await insertInvocations(
    warehouse,
    Array.from({ length: 40 }, (_, index) => ({
      function: 'pay',
      // Ten to each instant.
      startedAt: ago(600_000 + Math.floor(index / 10) * 90_000),
      durationMs: index + 1,
      spanId: span(index + 1),
      cold: index % 8 === 0,
      version: index < 20 ? 'v2' : 'v1',
      ...(index % 5 === 0
        ? ({ outcome: 'error', errorType: 'TypeError', errorMessage: `Card ${index} Refused` } as const)
        : {}),
    })),
  );
  // Learned later: what looked fine had timed out.
  const wrong = { function: 'late', startedAt: ago(500_000), spanId: 'f'.repeat(16), traceId, durationMs: 3 };
  await insertInvocations(warehouse, [wrong]);
  await insertInvocations(warehouse, [
    { ...wrong, sign: -1 },
    { ...wrong, outcome: 'timeout', durationMs: 9000, revision: 1 },
  ]);
  await warehouse.command(SPANS, { at: ago(500_000), trace: traceId });
  await warehouse.command(RESOURCE);
  await warehouse.command(LOG, { at: ago(500_000), trace: traceId });
});
after(async () => {
  await app.close();
  await close();
});

async function get(url: string): Promise<unknown> {
  const response = await app.inject({ url });
  assert.equal(response.statusCode, 200, `${url}: ${response.body}`);
  return response.json();
}
const search = async (query: string) => InvocationPage.parse(await get(`/api/v1/invocations?${query}`));

test('pages of a search hold every row once, newest first', async () => {
  const seen: string[] = [];
  let cursor = '';
  for (let page = 0; page < 20; page += 1) {
    const answer = await search(`function=pay&limit=7${cursor}`);
    seen.push(...answer.invocations.map(({ spanId }) => spanId ?? ''));
    if (answer.nextCursor === null) break;
    cursor = `&cursor=${answer.nextCursor}`;
  }
  assert.equal(seen.length, 40);
  assert.equal(new Set(seen).size, 40);
});

test('a corrected invocation is found as it is now and no longer as it was', async () => {
  const late = await search('function=late');
  assert.deepEqual(
    late.invocations.map(({ outcome, durationMs, traceId: trace }) => ({ outcome, durationMs, trace })),
    [{ outcome: 'timeout', durationMs: 9000, trace: traceId }],
  );
  assert.equal((await search('function=late&outcome=ok')).invocations.length, 0);
  assert.equal((await search('function=late&minDurationMs=1&maxDurationMs=10')).invocations.length, 0);
  assert.equal((await search(`traceId=${traceId}&outcome=timeout`)).invocations.length, 1);
});

const filters = [
  ['outcome=error', 8],
  ['errorType=TypeError&text=card%2015%20REFUSED', 1],
  ['cold=true&version=v2', 3],
  ['minDurationMs=10&maxDurationMs=12', 2],
  ['function=pay&environment=dev', 0],
  // Empty is a value: what no sender named.
  ['function=pay&environment=', 0],
  ['function=pay&customer=&limit=1000', 40],
  ['region=eu-central-1&team=payments&function=pay&limit=1000', 40],
] as const;
for (const [query, count] of filters)
  test(`the search ${query} finds ${count}`, async () => {
    assert.equal((await search(query)).invocations.length, count);
  });

test('a trace has its spans once, its logs, its invocations and its resources; oddities are marked, not dropped', async () => {
  const trace = Trace.parse(await get(`/api/v1/traces/${traceId.toUpperCase()}`));
  assert.deepEqual(
    trace.spans.map(({ name, isOrphan, skewMs }) => ({ name, isOrphan, skewMs })),
    [
      { name: 'early child', isOrphan: false, skewMs: 8 },
      { name: 'root', isOrphan: false, skewMs: null },
      { name: 'orphan', isOrphan: true, skewMs: null },
    ],
  );
  assert.deepEqual(trace.spans[0]?.attributes, { k: 'v' });
  assert.equal(trace.spans[0]?.events[0]?.name, 'boom');
  assert.deepEqual(trace.resources['7'], { 'service.name': 'pay' });
  assert.deepEqual([trace.logs.length, trace.invocations[0]?.outcome], [1, 'timeout']);
  const missing = await app.inject({ url: `/api/v1/traces/${'0'.repeat(31)}1` });
  assert.equal(missing.statusCode, 404);
  assert.match(Problem.parse(missing.json()).message, /Nothing is stored of the trace/);
});

test('logs are searched by function, severity, invocation and text, in pages', async () => {
  const logs = async (query: string) => LogPage.parse(await get(`/api/v1/logs?${query}`));
  assert.equal((await logs('function=pay&severity=13')).logs.length, 2);
  assert.equal((await logs('text=LINE%202')).logs.length, 1);
  const first = await logs('invocationId=i1&limit=4');
  const rest = await logs(`invocationId=i1&limit=4&cursor=${first.nextCursor}`);
  assert.deepEqual(
    [...first.logs, ...rest.logs].map(({ severity }) => severity),
    [20, 16, 12, 8, 4, 0],
  );
});

test('latency and heatmap count the same invocations', async () => {
  const latency = LatencySummary.parse(
    await get('/api/v1/latency?function=pay&quantiles=0.5,0.9&underMs=20'),
  );
  assert.deepEqual([latency.count, latency.isExact], [40, true]);
  assert.deepEqual(latency.quantilesMs, { '0.5': 20, '0.9': 36 });
  assert.deepEqual(latency.under, [{ thresholdMs: 20, count: 19, uncertainCount: 0 }]);
  const heatmap = Heatmap.parse(await get('/api/v1/heatmap?function=pay&columns=20&rows=10'));
  const sum = (cells: number[][]) => cells.flat().reduce((total, n) => total + n, 0);
  assert.deepEqual([heatmap.count, sum(heatmap.counts), sum(heatmap.cold)], [40, 40, 5]);
  const warm = LatencySummary.parse(await get('/api/v1/latency?function=pay&cold=false&failed=false'));
  assert.equal(warm.count, 28);
  const none = LatencySummary.parse(await get('/api/v1/latency?function=nobody'));
  assert.deepEqual([none.count, none.quantilesMs['0.5']], [0, null]);
});

const slis = [
  ['sli=success&function=pay', 32, 40],
  ['sli=coldStart&function=pay', 35, 40],
  ['sli=timeout', 40, 41],
  ['sli=retry', 41, 41],
  ['sli=latency&function=pay&thresholdMs=21', 20, 40],
] as const;
for (const [query, good, total] of slis)
  test(`${query} adds up to ${good} of ${total}, and silence is no value`, async () => {
    const { series } = SliAnswer.parse(await get(`/api/v1/sli?${query}&step=1m`));
    const points = series.flatMap((one) => one.points);
    assert.equal(
      points.reduce((sum, point) => sum + point.good, 0),
      good,
    );
    assert.equal(
      points.reduce((sum, point) => sum + point.total, 0),
      total,
    );
    assert.ok(points.some(({ value, total: n }) => n === 0 && value === null));
  });

test('series are split by dimensions, and those that tell nothing of an indicator are refused', async () => {
  const { series } = SliAnswer.parse(await get('/api/v1/sli?sli=success&function=pay&groupBy=version'));
  assert.deepEqual(series.map(({ labels }) => labels['version']).sort(), ['v1', 'v2']);
  const refused = await app.inject({ url: '/api/v1/sli?sli=latency&groupBy=peer' });
  assert.equal(refused.statusCode, 400);
  assert.match(Problem.parse(refused.json()).message, /latency is not known by peer/);
  const tooMany = await app.inject({ url: '/api/v1/sli?sli=success&windowMs=86400000&step=1s' });
  assert.equal(tooMany.statusCode, 422);
});

const ERROR = `
  INSERT INTO span_errors (tenant, environment, function, at, fingerprint, type)
  SELECT 'default', 'prod', 'pay', {at: DateTime64(3, 'UTC')}, 7, 'TypeError'`;

test('suggestions name what is there, most frequent first', async () => {
  await warehouse.command(ERROR, { at: new Date(now.getTime() - 60_000) });
  const { keys } = Suggestions.parse(await get('/api/v1/suggest?windowMs=86400000'));
  const values = (key: string) => keys.find((one) => one.key === key)?.values;
  assert.deepEqual(values('function'), ['pay', 'late']);
  assert.deepEqual(values('errorType'), ['TypeError']);
  assert.deepEqual(values('feature'), undefined);
  const prefixed = Suggestions.parse(await get('/api/v1/suggest?windowMs=86400000&key=function&prefix=LA'));
  assert.deepEqual(prefixed.keys, [{ key: 'function', values: ['late'] }]);
});

test('a cursor that is none is refused with a sentence', async () => {
  const answer = await app.inject({ url: '/api/v1/invocations?cursor=nonsense' });
  assert.equal(answer.statusCode, 400);
  assert.match(Problem.parse(answer.json()).message, /cursor/);
});

test('a text is found behind the part of an error that is shown', async () => {
  const errorMessage = `${'long '.repeat(100)}Needle`;
  await insertInvocations(warehouse, [
    { function: 'wordy', startedAt: ago(400_000), outcome: 'error', errorMessage },
  ]);
  const [found, ...others] = (await search('text=needle')).invocations;
  assert.deepEqual([found?.function, found?.errorMessage?.length, others.length], ['wordy', 300, 0]);
});
