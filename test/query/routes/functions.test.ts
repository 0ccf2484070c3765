import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createApp } from '../../../http/create-app.js';
import { functionsRoutes } from '../../../query/routes/functions.js';
import { installationRoutes } from '../../../query/routes/installation.js';
import { type Access, Tenant } from '../../../schemas/access.js';
import { FunctionList } from '../../../schemas/functions.js';
import { Installation } from '../../../schemas/installation.js';
import { Problem } from '../../../schemas/problem.js';
import type { ZodApp } from '../../../schemas/zod-http.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { insertInvocations } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';

const now = new Date('2026-11-01T12:00:00.000Z');
const acme: Access = { tenant: Tenant.parse('acme'), role: 'viewer', keyId: 'k1' };
const other: Access = { tenant: Tenant.parse('other'), role: 'viewer', keyId: null };

let warehouse: Warehouse;
let closeWarehouse: () => Promise<void>;
let app: ZodApp;
let access = acme;

before(async () => {
  ({ warehouse, close: closeWarehouse } = await openMigrated());
  app = createApp({ newId: () => 'id', logger: false, authenticate: async () => access });
  await functionsRoutes({ now: () => now, openTenant: ({ tenant }) => warehouse.forTenant(tenant) })(app);
  const described = {
    otlpHttpUrl: 'http://localhost:4318',
    otlpGrpcUrl: null,
    isDemo: false,
    offersDemo: false,
    version: '1.2.3',
    mode: warehouse.mode,
  };
  await installationRoutes({ describe: () => described })(app);
  const recently = new Date(now.getTime() - 60_000);
  await insertInvocations(warehouse, [
    { tenant: 'acme', function: 'checkout', startedAt: recently, durationMs: 100 },
    {
      tenant: 'acme',
      function: 'checkout',
      startedAt: recently,
      durationMs: 300,
      outcome: 'error',
      cold: true,
    },
    { tenant: 'acme', function: 'old', startedAt: new Date(now.getTime() - 7_200_000) },
  ]);
});
after(async () => {
  await app.close();
  await closeWarehouse();
});

async function ask(query: string, as: Access = acme): Promise<{ status: number; body: unknown }> {
  access = as;
  const response = await app.inject({ url: `/api/v1/functions${query}` });
  return { status: response.statusCode, body: response.json() };
}

test('the last hour is answered with every field of the contract', async () => {
  const { status, body } = await ask('');
  assert.equal(status, 200);
  assert.deepEqual(FunctionList.parse(body), body);
  const { functions, from, to, environments, teams, truncated, everSeen } = FunctionList.parse(body);
  assert.deepEqual([from, to], ['2026-11-01T11:00:00.000Z', '2026-11-01T12:00:00.000Z']);
  assert.deepEqual(
    { environments, teams, truncated, everSeen },
    { environments: ['prod'], teams: ['payments'], truncated: false, everSeen: true },
  );
  const { invocations, good, bad, successRatio, p50Ms, p99Ms, coldStarts, throttles, lastSeenAt } =
    functions[0] ?? assert.fail();
  assert.deepEqual(
    {
      count: functions.length,
      invocations,
      good,
      bad,
      successRatio,
      p50Ms,
      p99Ms,
      coldStarts,
      throttles,
      lastSeenAt,
    },
    {
      count: 1,
      invocations: 2,
      good: 1,
      bad: 1,
      successRatio: 0.5,
      p50Ms: 100,
      p99Ms: 300,
      coldStarts: 1,
      throttles: null,
      lastSeenAt: '2026-11-01T11:59:00.000Z',
    },
  );
});

test('Unix milliseconds and ISO 8601 mean the same window', async () => {
  const iso = await ask('?from=2026-11-01T09:00:00Z&to=2026-11-01T11:00:00%2B00:00');
  const unix = await ask(`?from=${Date.UTC(2026, 10, 1, 9)}&to=${Date.UTC(2026, 10, 1, 11)}`);
  assert.deepEqual(iso.body, unix.body);
  assert.deepEqual(
    FunctionList.parse(iso.body).functions.map((one) => one.function),
    ['old'],
  );
});

test('an empty window of a tenant with data, and a tenant without, are told apart', async () => {
  const quiet = FunctionList.parse((await ask('?from=2026-10-20T00:00:00Z&to=2026-10-21T00:00:00Z')).body);
  assert.deepEqual([quiet.functions, quiet.everSeen], [[], true]);
  const fresh = FunctionList.parse((await ask('?windowMs=86400000', other)).body);
  assert.deepEqual([fresh.functions, fresh.everSeen, fresh.environments], [[], false, []]);
});

const refusals = [
  ['?from=2026-11-01T10:00:00Z&to=2026-11-01T09:00:00Z', /from .* must be before to/],
  ['?from=2024-01-01T00:00:00Z', /at most 800/],
  ['?from=yesterday', /"yesterday" is not an instant/],
  ['?limit=0', /limit/],
  ['?limit=10001', /limit/],
  ['?windowMs=-5', /windowMs/],
] as const;
for (const [query, says] of refusals)
  test(`${query} is refused with a sentence`, async () => {
    const { status, body } = await ask(query);
    assert.equal(status, 400);
    assert.match(Problem.parse(body).message, says);
  });

test('the installation says where to send, as whom, and whether a key is needed', async () => {
  access = acme;
  const keyed = Installation.parse((await app.inject({ url: '/api/v1/installation' })).json());
  assert.deepEqual(
    [keyed.tenant, keyed.access, keyed.otlpHttpUrl],
    ['acme', 'keys', 'http://localhost:4318'],
  );
  access = other;
  const open = Installation.parse((await app.inject({ url: '/api/v1/installation' })).json());
  assert.deepEqual([open.tenant, open.access, open.mode], ['other', 'open', 'embedded']);
});
