import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { incidentLog } from '../../../alerting/incidents/append-events.js';
import { backtestRoutes } from '../../../alerting/routes/backtest.js';
import { incidentRoutes } from '../../../alerting/routes/incidents.js';
import { createApp } from '../../../http/create-app.js';
import { type Access, defaultTenant } from '../../../schemas/access.js';
import { BacktestAnswer } from '../../../schemas/alerting/backtest.js';
import { IncidentDetail, IncidentList } from '../../../schemas/alerting/incident-answer.js';
import { shapeOf } from '../../../schemas/slo/write-slo.js';
import type { ZodApp } from '../../../schemas/zod-http.js';
import { describeWarehouseError } from '../../../warehouse/describe-warehouse-error.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { someEvent } from '../incidents/some-event.js';
import { putSlo } from '../ledger/ledger-harness.js';

const access: Access = { tenant: defaultTenant, role: 'admin', keyId: 'key-1' };
const nowMs = Date.parse('2026-11-20T12:00:00Z');
let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
let app: ZodApp | null = null;
let published = 0;
before(async () => {
  opened = await openMigrated();
  const { warehouse } = opened;
  app = createApp({
    newId: randomUUID,
    logger: false,
    authenticate: async () => access,
    describeError: describeWarehouseError,
  });
  const openTenant = () => warehouse.forTenant(defaultTenant);
  const publish = () => {
    published += 1;
  };
  const append = incidentLog(warehouse);
  app.register(
    incidentRoutes({ now: () => new Date(nowMs), newId: randomUUID, openTenant, append, publish }),
  );
  app.register(backtestRoutes({ openTenant }));
  await append([
    someEvent({ incidentId: 'burn', labels: { function: 'api' } }),
    someEvent({ incidentId: 'part', severity: 'ticket' }),
    someEvent({ incidentId: 'part', severity: 'ticket', sequence: 2, kind: 'joined', parentId: 'burn' }),
    someEvent({ incidentId: 'quiet', kind: 'withheld', reason: 'too-few-events' }),
    someEvent({ incidentId: 'over', at: '2026-11-20T09:00:00.000Z', startedAt: '2026-11-20T08:50:00.000Z' }),
    someEvent({ incidentId: 'over', sequence: 2, kind: 'resolved', at: '2026-11-20T09:30:00.000Z' }),
  ]);
});
after(async () => {
  await app?.close();
  await opened?.close();
});

async function call(method: 'GET' | 'POST', url: string, body?: object) {
  assert.ok(app !== null);
  const answer = await app.inject({ method, url, ...(body === undefined ? {} : { payload: body }) });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

async function listed(query: string): Promise<string[]> {
  const { status, body } = await call('GET', `/api/v1/incidents?${query}`);
  assert.equal(status, 200);
  return IncidentList.parse(body).incidents.map(({ id }) => id);
}

const lists = [
  { query: '', ids: ['burn', 'part', 'over'] },
  { query: 'state=open', ids: ['burn', 'part'] },
  { query: 'state=withheld', ids: ['quiet'] },
  { query: 'severity=ticket', ids: ['part'] },
  { query: 'function=api', ids: ['burn'] },
  { query: 'from=2026-11-20T09:40:00Z', ids: ['burn', 'part'] },
  { query: 'limit=1', ids: ['burn'] },
] as const;
for (const { query, ids } of lists)
  test(`incidents: the list of "${query}"`, async () => assert.deepEqual(await listed(query), ids));

test('incidents: times to detect and to remediate are those of the incidents listed', async () => {
  const { body } = await call('GET', '/api/v1/incidents?state=resolved');
  const { detect, remediate } = IncidentList.parse(body);
  assert.deepEqual(detect, { incidents: 1, medianMs: 600_000, p95Ms: 600_000 });
  assert.deepEqual(remediate, { incidents: 1, medianMs: 2_400_000, p95Ms: 2_400_000 });
});

test('incidents: one is told with its timeline and its parts', async () => {
  const { body } = await call('GET', '/api/v1/incidents/burn');
  const { timeline, parts, detectMs } = IncidentDetail.parse(body);
  assert.deepEqual(
    [timeline.map(({ kind }) => kind), parts.map(({ id }) => id), detectMs],
    [['fired'], ['part'], 300_000],
  );
});

test('incidents: what people do is in the timeline, with who did it', async () => {
  const before = published;
  const acts = [
    ['ack', undefined],
    ['ack', { author: 'bob' }],
    ['assign', { assignee: 'ann' }],
    ['note', { text: 'It is the database.', author: 'ann' }],
    ['resolve', { author: 'ann', note: 'Failed over.' }],
    ['resolve', {}],
    ['reopen', {}],
  ] as const;
  for (const [act, body] of acts)
    assert.equal((await call('POST', `/api/v1/incidents/part/${act}`, body)).status, 200);
  const { body } = await call('GET', '/api/v1/incidents/part');
  const { timeline, state, assignee } = IncidentDetail.parse(body);
  assert.deepEqual(
    timeline
      .slice(2)
      .map(({ sequence, kind, author, summary }) => `${sequence} ${kind} ${author} ${summary}`),
    [
      '3 acknowledged key-1 Acknowledged.',
      '4 assigned key-1 Assigned to ann.',
      '5 noted ann It is the database.',
      '6 resolved ann Failed over.',
      '7 reopened key-1 Reopened by hand.',
    ],
  );
  assert.deepEqual([state, assignee, published - before], ['open', 'ann', 5]);
});

const refusals = [
  {
    name: 'one that is not there',
    method: 'GET',
    url: '/api/v1/incidents/none',
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'acknowledging what is over',
    method: 'POST',
    url: '/api/v1/incidents/over/ack',
    status: 409,
    code: 'INCIDENT_OVER',
  },
  {
    name: 'an empty note',
    method: 'POST',
    url: '/api/v1/incidents/burn/note',
    body: { text: ' ' },
    status: 400,
    code: 'BAD_REQUEST',
  },
  {
    name: 'a back-test of what is not there',
    method: 'POST',
    url: '/api/v1/slos/backtest',
    body: { slo: 'none', from: 0, to: 1 },
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'a back-test that ends before it begins',
    method: 'POST',
    url: '/api/v1/slos/backtest',
    body: { slo: 'none', from: 2, to: 1 },
    status: 400,
    code: 'BAD_REQUEST',
  },
] as const;
for (const { name, method, url, status, code, ...rest } of refusals)
  test(`incidents: refused is ${name}`, async () => {
    const answer = await call(method, url, 'body' in rest ? rest.body : undefined);
    assert.deepEqual([answer.status, answer.body['code']], [status, code]);
  });

const MINUTES = `
  INSERT INTO slo_ledger_1m (tenant, slo, shape, scope, minute, good, total, computed_ms)
  SELECT 'default', 'stored', {shape: String}, '', toDateTime({startS: UInt32} + number * 60),
    if(number >= 30000 AND number < 30030, 50, 100), 100, 1
  FROM numbers(60000) SETTINGS max_partitions_per_insert_block = 1000`;

test('back-test: a stored objective is replayed from its ledger, and a second policy beside it', async () => {
  assert.ok(opened !== null);
  const written = { id: 'stored', title: 'Stored', sli: { kind: 'success' }, objective: '99.9%' };
  const definition = await putSlo(opened.warehouse, 'default', written);
  const startMs = Date.parse('2026-10-01T00:00:00Z');
  await opened.warehouse.command(MINUTES, { shape: shapeOf(definition), startS: startMs / 1000 });
  const at = (minute: number) => new Date(startMs + minute * 60_000).toISOString();
  const question = { slo: 'stored', from: at(16_000), to: at(59_200) };
  const lax = { tiers: [{ budget: '50%', long: '1d', short: '2h', severity: 'ticket' }] };
  const { status, body } = await call('POST', '/api/v1/slos/backtest', { ...question, compare: lax });
  assert.equal(status, 200);
  const answer = BacktestAnswer.parse(body);
  const inShort = answer.episodes.map(({ severity, tier, firedAt, resolvedAt }) => [
    severity,
    tier,
    firedAt,
    resolvedAt,
  ]);
  // Half of all fail: 14.4 × 0.1 % of an hour is 1m 44s of it, and a minute more is needed to be sure.
  assert.deepEqual(inShort, [
    ['page', '1h/5m', at(30_003), at(30_060)],
    ['ticket', '3d/6h', at(30_060), at(30_390)],
  ]);
  assert.equal(answer.episodes[0]?.startedAt, at(30_000));
  assert.deepEqual(answer.budget, {
    objective: 0.999,
    good: 4_318_500,
    total: 4_320_000,
    bad: 1_500,
    badAllowed: 4_320,
    remainingRatio: 1 - 1_500 / 4_320,
  });
  assert.deepEqual([answer.countedFrom, answer.summary.badUntold], ['ledger', 100]);
  assert.deepEqual(answer.compared?.episodes, []);
  assert.equal(answer.compared?.summary.badUntold, 1_500);
});

test('back-test: a definition nobody stored is counted from what there is', async () => {
  assert.ok(opened !== null);
  const startMs = Math.floor(Date.now() / 60_000) * 60_000 - 3 * 3_600_000;
  const runs = Array.from({ length: 120 }, (_, minute) =>
    Array.from({ length: 5 }, (_unused, index) => ({
      function: index === 0 ? 'other' : 'unstored',
      startedAt: new Date(startMs + minute * 60_000 + index),
      outcome: minute >= 100 && minute < 110 ? ('error' as const) : ('ok' as const),
    })),
  ).flat();
  await insertInvocations(opened.warehouse, runs);
  const slo = {
    id: 'unstored',
    title: 'Not stored',
    where: { function: 'unstored' },
    sli: { kind: 'success' },
    objective: '99%',
  };
  const question = { slo, from: startMs, to: startMs + 120 * 60_000 };
  const answer = BacktestAnswer.parse((await call('POST', '/api/v1/slos/backtest', question)).body);
  assert.deepEqual([answer.countedFrom, answer.budget.total, answer.budget.bad], ['rollups', 480, 40]);
  assert.deepEqual(new Set(answer.episodes.map(({ severity }) => severity)), new Set(['ticket', 'page']));
});
