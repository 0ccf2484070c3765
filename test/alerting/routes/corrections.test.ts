import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { correctionLog } from '../../../alerting/corrections/correction-log.js';
import { budgetRoutes } from '../../../alerting/routes/budget.js';
import { correctionRoutes } from '../../../alerting/routes/corrections.js';
import { createApp } from '../../../http/create-app.js';
import { type Access, defaultTenant } from '../../../schemas/access.js';
import type { ZodApp } from '../../../schemas/zod-http.js';
import { describeWarehouseError } from '../../../warehouse/describe-warehouse-error.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { ledgerUnderTest, putSlo, tickUntilFilled } from '../ledger/ledger-harness.js';

const access: Access = { tenant: defaultTenant, role: 'admin', keyId: 'key-1' };
const minuteMs = 60_000;
const nowMs = Math.floor(Date.now() / minuteMs) * minuteMs;
const ago = (minutes: number) => new Date(nowMs - minutes * minuteMs);

let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
let directory: Awaited<ReturnType<typeof tempDir>> | null = null;
let app: ZodApp | null = null;
before(async () => {
  opened = await openMigrated();
  directory = await tempDir();
  const { warehouse } = opened;
  // Two minutes that went wrong, thirty and twenty minutes ago, among good ones.
  const runs = [30, 20].flatMap((minutes) => [
    ...Array.from({ length: 5 }, () => ({ minutes, outcome: 'error' as const })),
    ...Array.from({ length: 5 }, () => ({ minutes, outcome: 'ok' as const })),
  ]);
  const good = Array.from({ length: 80 }, (_, at) => ({ minutes: 1 + (at % 10), outcome: 'ok' as const }));
  for (const id of ['shop', 'other'])
    await putSlo(warehouse, defaultTenant, {
      id,
      title: id,
      per: 'function',
      sli: { kind: 'success' },
      objective: '90%',
    });
  await insertInvocations(
    warehouse,
    [...runs, ...good].map(({ minutes, outcome }) => ({
      tenant: defaultTenant,
      function: 'pay',
      startedAt: ago(minutes),
      outcome,
    })),
  );
  await tickUntilFilled(ledgerUnderTest(warehouse, directory.path));
  app = createApp({
    newId: randomUUID,
    logger: false,
    authenticate: async () => access,
    describeError: describeWarehouseError,
  });
  const doors = { now: () => new Date(), openTenant: () => warehouse.forTenant(defaultTenant) };
  const openLog = () => correctionLog(warehouse, defaultTenant);
  app.register(budgetRoutes(doors));
  app.register(correctionRoutes({ ...doors, newId: randomUUID, openLog }));
});
after(async () => {
  await app?.close();
  await opened?.close();
  await directory?.remove();
});

async function call(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) {
  assert.ok(app !== null);
  const answer = await app.inject({ method, url, ...(payload === undefined ? {} : { payload }) });
  return { status: answer.statusCode, body: z.record(z.string(), z.unknown()).parse(answer.json()) };
}

const Period = z.object({ good: z.number(), total: z.number(), remainingRatio: z.number() });
const Budget = Period.extend({
  raw: Period,
  corrections: z.array(z.object({ id: z.string(), applied: z.boolean(), author: z.string() })),
});
const budgetOf = async (id: string) => Budget.parse((await call('GET', `/api/v1/slos/${id}/budget`)).body);
const told = { reason: 'the provider was down', author: 'ann' };

test('a correction shows raw and corrected side by side, and deleting it leaves a trace', async () => {
  const before = await budgetOf('shop');
  assert.deepEqual(before.raw, { good: 90, total: 100, remainingRatio: 0 });
  assert.equal(before.total, 100);
  const window = { from: ago(30).toISOString(), to: ago(29).toISOString() };
  const made = await call('POST', '/api/v1/corrections', { id: 'down', ...window, slo: 'shop', ...told });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { raw, corrections, ...corrected } = await budgetOf('shop');
  assert.deepEqual(raw, before.raw);
  assert.deepEqual([corrected.good, corrected.total], [85, 90]);
  assert.ok(Math.abs(corrected.remainingRatio - (1 - 5 / 9)) < 1e-12);
  assert.deepEqual(corrections, [{ id: 'down', applied: true, author: 'ann' }]);
  assert.equal((await budgetOf('other')).total, 100);

  const ledger = await call('GET', '/api/v1/slos/shop/ledger?windowMs=3600000&step=1m');
  const Point = z.object({ at: z.string(), total: z.number(), raw: z.object({ total: z.number() }) });
  const points = z.array(Point).parse(ledger.body['points']);
  const at = (minutes: number) => points.find((one) => one.at === ago(minutes).toISOString());
  assert.deepEqual([at(30)?.total, at(30)?.raw.total], [0, 10]);
  assert.deepEqual([at(20)?.total, at(20)?.raw.total], [10, 10]);

  assert.equal((await call('DELETE', '/api/v1/corrections/down')).status, 400);
  const gone = await call('DELETE', '/api/v1/corrections/down?reason=it%20was%20ours&author=bob');
  assert.equal(gone.status, 200);
  assert.equal((await budgetOf('shop')).total, 100);
  const { body } = await call('GET', '/api/v1/corrections/down');
  const history = z.array(
    z.object({ event: z.string(), author: z.string(), actor: z.string(), reason: z.string() }),
  );
  assert.deepEqual(history.parse(body['history']), [
    { event: 'delete', author: 'bob', actor: 'key-1', reason: 'it was ours' },
    { event: 'put', author: 'ann', actor: 'key-1', reason: 'the provider was down' },
  ]);
});

test('one that repeats takes out each of its windows, for the functions it names', async () => {
  const rule = {
    from: new Date(ago(30).getTime() - 3 * 86_400_000).toISOString(),
    rrule: 'FREQ=DAILY',
    zone: 'UTC',
  };
  const to = new Date(ago(19).getTime() - 3 * 86_400_000).toISOString();
  const made = await call('POST', '/api/v1/corrections', {
    id: 'nightly',
    ...rule,
    to,
    function: 'pa*',
    ...told,
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  for (const id of ['shop', 'other']) assert.deepEqual((await budgetOf(id)).total, 80);
  const listed = await call('GET', '/api/v1/corrections');
  const List = z.array(z.object({ id: z.string(), windows: z.array(z.object({ from: z.string() })) }));
  const [only, ...more] = List.parse(listed.body['corrections']);
  assert.deepEqual([only?.id, more.length], ['nightly', 0]);
  assert.ok((only?.windows.length ?? 0) > 30);
  const all = await call('GET', '/api/v1/corrections?includeDeleted=true');
  assert.equal(z.array(z.unknown()).parse(all.body['corrections']).length, 2);
});

for (const { name, given, says } of [
  { name: 'no author', given: { ...told, author: ' ' }, says: /author/ },
  { name: 'no reason', given: { author: 'ann' }, says: /reason/ },
  { name: 'a key nobody knows', given: { ...told, slos: 'x' }, says: /slos/ },
  { name: 'a rule that is none', given: { ...told, rrule: 'FREQ=HOURLY' }, says: /FREQ must be one of/ },
]) {
  test(`POST refuses ${name}`, async () => {
    const window = { from: ago(30).getTime(), to: ago(29).getTime() };
    const answer = await call('POST', '/api/v1/corrections', { ...window, ...given });
    assert.deepEqual([answer.status, answer.body['code']], [400, 'BAD_REQUEST']);
    assert.match(String(answer.body['message']), says);
  });
}
test('what is not there is not found', async () => {
  assert.equal((await call('GET', '/api/v1/corrections/none')).status, 404);
  assert.equal((await call('DELETE', '/api/v1/corrections/none?reason=x')).status, 404);
});
