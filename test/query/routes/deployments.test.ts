import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createApp } from '../../../http/create-app.js';
import { deploymentLog } from '../../../query/deployments/append-deployment.js';
import { deploymentRoutes } from '../../../query/routes/deployments.js';
import { type Access, Tenant } from '../../../schemas/access.js';
import { Deployment, DeploymentList } from '../../../schemas/deployment.js';
import type { ZodApp } from '../../../schemas/zod-http.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { openMigrated } from '../../support/open-migrated.js';

const started = new Date();
const minutesAgo = (minutes: number) => new Date(started.getTime() - minutes * 60_000);
const accessOf = (tenant: string): Access => ({
  tenant: Tenant.parse(tenant),
  role: 'operator',
  keyId: `key-of-${tenant}`,
});

const INSERT = `
  INSERT INTO invocations (tenant, environment, function, region, version, started_at)
  SELECT {tenant: String}, {environment: String}, {function: String}, {region: String}, {version: String},
    {at: DateTime64(3, 'UTC')}`;

let warehouse: Warehouse;
let closeWarehouse: () => Promise<void>;
let app: ZodApp;
let access = accessOf('acme');
let now = started;

before(async () => {
  ({ warehouse, close: closeWarehouse } = await openMigrated());
  app = createApp({ newId: () => 'id', logger: false, authenticate: async () => access });
  await deploymentRoutes({
    now: () => now,
    openTenant: ({ tenant }) => warehouse.forTenant(tenant),
    openLog: (tenant) => deploymentLog(warehouse, tenant),
  })(app);
});
after(async () => {
  await app.close();
  await closeWarehouse();
});

async function ran(
  version: string,
  at: Date,
  more: Partial<Record<'tenant' | 'function' | 'region', string>> = {},
) {
  const where = { tenant: 'acme', environment: 'prod', function: 'checkout', region: 'eu', ...more };
  await warehouse.command(INSERT, { ...where, version, at });
}

async function list(query = '', tenant = 'acme'): Promise<Deployment[]> {
  access = accessOf(tenant);
  const answer = await app.inject({ url: `/api/v1/deployments${query}` });
  assert.equal(answer.statusCode, 200, answer.body);
  return DeploymentList.parse(answer.json()).deployments;
}

async function post(body: object, tenant = 'acme') {
  access = accessOf(tenant);
  return await app.inject({ method: 'POST', url: '/api/v1/deployments', payload: body });
}

async function remove(id: string, query: string, tenant = 'acme') {
  access = accessOf(tenant);
  return await app.inject({ method: 'DELETE', url: `/api/v1/deployments/${id}${query}` });
}

const short = ({ version, at, source }: Deployment) => ({ version, at, source });

test('deployments: a version that never ran before is one, at its first run; the first of all and no version are none', async () => {
  await ran('1', minutesAgo(60));
  await ran('2', minutesAgo(30));
  await ran('', minutesAgo(29));
  await ran('2', minutesAgo(20));
  await ran('1', minutesAgo(10));
  const expected = [{ version: '2', at: minutesAgo(30).toISOString(), source: 'detected' }];
  assert.deepEqual((await list('?function=checkout')).map(short), expected);
  assert.deepEqual(await list('?function=checkout', 'other'), [], 'another tenant sees nothing');
});

test('deployments: late data moves the detection back, and may turn the order around', async () => {
  await ran('2', minutesAgo(45));
  assert.equal((await list('?function=checkout'))[0]?.at, minutesAgo(45).toISOString());
  await ran('b', minutesAgo(5), { function: 'late' });
  await ran('a', minutesAgo(4), { function: 'late' });
  assert.deepEqual(
    (await list('?function=late')).map(({ version }) => version),
    ['a'],
  );
  await ran('a', minutesAgo(6), { function: 'late' });
  assert.deepEqual(
    (await list('?function=late')).map(({ version }) => version),
    ['b'],
  );
});

test('deployments: each region notices by itself', async () => {
  for (const region of ['eu', 'us']) await ran('1', minutesAgo(9), { function: 'wide', region });
  await ran('2', minutesAgo(8), { function: 'wide', region: 'us' });
  assert.deepEqual(
    (await list('?function=wide')).map(({ region }) => region),
    ['us'],
  );
});

test('deployments: a posted one replaces what was detected of the same function and version, where it applies', async () => {
  for (const region of ['eu', 'us']) {
    await ran('1', minutesAgo(9), { function: 'told', region });
    await ran('2', minutesAgo(8), { function: 'told', region });
  }
  const body = {
    function: 'told',
    version: '2',
    at: minutesAgo(8.5).toISOString(),
    commit: 'abc',
    author: 'mo',
  };
  const inUs = await post({ ...body, region: 'us' });
  assert.equal(inUs.statusCode, 201, inUs.body);
  assert.deepEqual(
    (await list('?function=told')).map(({ source, region }) => [source, region]),
    [
      ['detected', 'eu'],
      ['api', 'us'],
    ],
  );
  const everywhere = Deployment.parse((await post(body)).json());
  assert.deepEqual([everywhere.author, everywhere.commit, everywhere.until], ['mo', 'abc', null]);
  assert.deepEqual((await list('?function=told')).map(({ source, region }) => [source, region]).sort(), [
    ['api', ''],
    ['api', 'us'],
  ]);
  assert.deepEqual(await list('?function=told', 'other'), []);
});

test('deployments: posting one again counts once and keeps the newest details', async () => {
  const body = { function: 'again', version: '7', at: minutesAgo(3).getTime(), notes: 'first' };
  await post(body);
  now = new Date(now.getTime() + 1);
  const second = Deployment.parse((await post({ ...body, reason: 'why', notes: 'second' })).json());
  assert.equal(second.notes, 'why\nsecond');
  assert.deepEqual(await list('?function=again'), [second]);
  assert.equal(second.author, 'key-of-acme', 'without an author it is the key');
});

test('deployments: deleting keeps who and why, works on detected ones, and shows the detection again', async () => {
  await ran('1', minutesAgo(9), { function: 'gone' });
  await ran('2', minutesAgo(8), { function: 'gone' });
  const posted = Deployment.parse((await post({ function: 'gone', version: '2' })).json());
  now = new Date(now.getTime() + 1);
  assert.equal((await remove(posted.id, '')).statusCode, 400, 'a reason is required');
  assert.equal((await remove(posted.id, '?reason=x', 'other')).statusCode, 404, 'not another tenant’s');
  assert.equal((await list('?function=gone'))[0]?.source, 'api');
  const answer = await remove(posted.id, '?reason=never%20happened&author=mo');
  assert.deepEqual(Deployment.parse(answer.json()).deleted, {
    at: now.toISOString(),
    author: 'mo',
    reason: 'never happened',
  });
  const [detected] = await list('?function=gone');
  assert.equal(detected?.source, 'detected');
  assert.equal((await remove(detected?.id ?? '', '?reason=a%20canary')).statusCode, 200);
  assert.deepEqual(await list('?function=gone'), []);
  const all = await list('?function=gone&includeDeleted=true');
  assert.deepEqual(all.map(({ deleted }) => deleted?.reason).sort(), ['a canary', 'never happened']);
  now = new Date(now.getTime() + 1);
  await post({ function: 'gone', version: '2', at: posted.at });
  assert.deepEqual(
    (await list('?function=gone')).map(({ id }) => id),
    [posted.id],
    'posted again, it is back',
  );
});

test('deployments: the window is half-open, and filters keep posted ones that are for everywhere', async () => {
  await post({ function: 'edge', version: '1', at: 1_000_000 });
  await post({ function: 'edge', version: '2', at: 2_000_000, environment: 'prod' });
  const ask = async (query: string) =>
    (await list(`?function=edge&${query}`)).map(({ version }) => version).sort();
  assert.deepEqual(await ask('from=1000000&to=2000000'), ['1']);
  assert.deepEqual(await ask('from=1000001&to=2000001'), ['2']);
  assert.deepEqual(await ask('from=0&environment=prod'), ['1', '2']);
  assert.deepEqual(await ask('from=0&environment=test'), ['1']);
  assert.deepEqual(await ask('from=0&version=2'), ['2']);
});

const refusedBodies = [
  { body: { version: '1' }, says: /function/ },
  { body: { function: 'f', version: ' ' }, says: /version/ },
  { body: { function: 'f', version: '1', url: 'javascript:alert(1)' }, says: /url/ },
  { body: { function: 'f', version: '1', at: 2000, until: 1000 }, says: /until must not be before at/ },
  { body: { function: 'f', version: '1', branch: 'main' }, says: /branch/ },
];
for (const { body, says } of refusedBodies) {
  test(`deployments: ${JSON.stringify(body)} is refused`, async () => {
    const answer = await post(body);
    assert.equal(answer.statusCode, 400);
    assert.match(answer.body, says);
  });
}
