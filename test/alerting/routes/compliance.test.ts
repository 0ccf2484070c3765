import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { calendarPeriods } from '../../../alerting/budget/calendar-periods.js';
import { correctionLog } from '../../../alerting/corrections/correction-log.js';
import { sloLog } from '../../../alerting/definitions/append-version.js';
import { readAllBudgets } from '../../../alerting/reading/read-all-budgets.js';
import { budgetRoutes } from '../../../alerting/routes/budget.js';
import { complianceRoutes } from '../../../alerting/routes/compliance.js';
import { correctionRoutes } from '../../../alerting/routes/corrections.js';
import { sloMetrics } from '../../../cli/serve/slo-metrics.js';
import { createApp } from '../../../http/create-app.js';
import { type Access, defaultTenant } from '../../../schemas/access.js';
import type { ZodApp } from '../../../schemas/zod-http.js';
import { describeWarehouseError } from '../../../warehouse/describe-warehouse-error.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { ledgerUnderTest, tickUntilFilled } from '../ledger/ledger-harness.js';

const access: Access = { tenant: defaultTenant, role: 'admin', keyId: 'key-1' };
const zone = 'Europe/Berlin';
const minuteMs = 60_000;
/** Two minutes ago, so that its runs lie in whole minutes. */
const recent = new Date(Math.floor(Date.now() / minuteMs) * minuteMs - 2 * minuteMs);
const [running, last] = calendarPeriods('month', zone, recent, 2);
const middle = new Date(((last?.from.getTime() ?? 0) + (last?.to.getTime() ?? 0)) / 2);
middle.setUTCSeconds(0, 0);

let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
let directory: Awaited<ReturnType<typeof tempDir>> | null = null;
let app: ZodApp | null = null;
before(async () => {
  opened = await openMigrated();
  directory = await tempDir();
  const { warehouse } = opened;
  const put = async (id: string, version: number, at: Date, more: object) => {
    const definition = JSON.stringify({ id, title: id, period: { calendar: 'month', zone }, ...more });
    const event = { slo: id, version, event: 'put', definition, source: 'api', author: 'ann', at } as const;
    await sloLog(warehouse, defaultTenant)(event);
  };
  const success = { kind: 'success' };
  await put('pay', 1, last?.from ?? recent, { sli: success, objective: '80%' });
  await put('pay', 2, new Date(recent.getTime() - minuteMs), { sli: success, objective: '95%' });
  await put('fast', 1, recent, {
    sli: { kind: 'latency', under: '128ms' },
    objective: '90%',
    per: 'function',
  });
  const runs = (startedAt: Date, good: number, bad: number) => [
    ...Array.from({ length: good }, (_, at) => ({
      startedAt,
      outcome: 'ok' as const,
      durationMs: 10 * (at + 1),
    })),
    ...Array.from({ length: bad }, () => ({ startedAt, outcome: 'error' as const, durationMs: 1 })),
  ];
  await insertInvocations(
    warehouse,
    [...runs(middle, 9, 2), ...runs(recent, 18, 2)].map((one) => ({
      ...one,
      tenant: defaultTenant,
      function: 'f',
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
  app.register(budgetRoutes(doors));
  app.register(complianceRoutes(doors));
  const openLog = () => correctionLog(warehouse, defaultTenant);
  app.register(correctionRoutes({ ...doors, newId: randomUUID, openLog }));
});
after(async () => {
  await app?.close();
  await opened?.close();
  await directory?.remove();
});

function warehouseOf() {
  assert.ok(opened !== null);
  return opened.warehouse;
}

async function call(method: 'GET' | 'POST', url: string, payload?: object) {
  assert.ok(app !== null);
  const answer = await app.inject({ method, url, ...(payload === undefined ? {} : { payload }) });
  return { status: answer.statusCode, body: z.record(z.string(), z.unknown()).parse(answer.json()) };
}

const Period = z.object({
  label: z.string(),
  isOver: z.boolean(),
  objective: z.number(),
  wasInForce: z.boolean(),
  good: z.number(),
  total: z.number(),
  met: z.boolean().nullable(),
  raw: z.object({ good: z.number(), total: z.number(), met: z.boolean().nullable() }),
  isExact: z.boolean(),
});

test('periods are judged by the objective in force then, raw and corrected', async () => {
  const ask = async () => {
    const { status, body } = await call('GET', '/api/v1/slos/pay/compliance?periods=3');
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual([body['zone'], body['by']], [zone, 'month']);
    return z.array(Period).parse(body['periods']);
  };
  const [now, then, before] = await ask();
  assert.deepEqual([now?.label, then?.label], [running?.label, last?.label]);
  assert.deepEqual(
    [now?.objective, now?.met, now?.isOver, now?.good, now?.total],
    [0.95, false, false, 18, 20],
  );
  assert.deepEqual(
    [then?.objective, then?.met, then?.isOver, then?.good, then?.total],
    [0.8, true, true, 9, 11],
  );
  assert.deepEqual([before?.met, before?.total, before?.wasInForce], [null, 0, false]);
  const window = { from: middle.toISOString(), to: new Date(middle.getTime() + minuteMs).toISOString() };
  const made = await call('POST', '/api/v1/corrections', { ...window, slo: 'pay', reason: 'r', author: 'a' });
  assert.equal(made.status, 201);
  const [, corrected] = await ask();
  assert.deepEqual([corrected?.total, corrected?.met], [0, null]);
  assert.deepEqual(corrected?.raw, { ...corrected?.raw, good: 9, total: 11, met: true });
});

test('what /metrics tells stays small, however many objectives there are', async () => {
  const { known, worst } = await readAllBudgets(warehouseOf(), new Date(), 1);
  assert.deepEqual([known, worst.length], [2, 1]);
  const families = sloMetrics(
    () => ({ known, worst }),
    () => ledgerUnderTest(warehouseOf(), '').stats(),
  )();
  const series = families.flatMap(({ samples }) => samples);
  assert.ok(series.length < 30, String(series.length));
});

test('a scope is asked for by name, and more periods than are kept are refused', async () => {
  assert.equal((await call('GET', '/api/v1/slos/fast/compliance?scope=f')).body['scope'], 'f');
  assert.equal((await call('GET', '/api/v1/slos/fast/compliance?scope=g')).status, 404);
  assert.equal((await call('GET', '/api/v1/slos/none/compliance')).status, 404);
  const refused = await call('GET', '/api/v1/slos/pay/compliance?by=year&periods=4');
  assert.deepEqual([refused.status, refused.body['message']], [400, 'At most 3 periods of a year are kept.']);
});

test('what if: another threshold counts as the ledger would have, and its own gives the ledger', async () => {
  const Row = z.object({
    scope: z.string(),
    good: z.number(),
    total: z.number(),
    minutesInBreach: z.number(),
  });
  const ask = async (query: string) => {
    const { body } = await call('GET', `/api/v1/slos/fast/whatif?days=80&${query}`);
    return z.array(Row).parse(body['scopes'])[0];
  };
  const own = await ask('');
  assert.deepEqual(await ask('under=128ms'), own);
  // 10 to 90 ms and 10 to 180 ms went well, four failed; 64 ms is the edge of a bucket.
  assert.deepEqual([own?.good, own?.total], [9 + 12, 31]);
  assert.deepEqual((await ask('under=64ms'))?.good, 6 + 6);
  assert.deepEqual(await ask('under=10s'), { scope: 'f', good: 27, total: 31, minutesInBreach: 1 });
  assert.deepEqual((await ask('under=10s&objective=80%25'))?.minutesInBreach, 0);
  const refused = await call('GET', '/api/v1/slos/pay/whatif?under=1s');
  assert.deepEqual([refused.status, refused.body['code']], [400, 'BAD_REQUEST']);
});
