import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import type { Role } from '../../schemas/access.js';
import { Problem } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { accessFixture, tenantA } from './access-fixture.js';

const routes: ZodPlugin = async (app) => {
  for (const needs of ['ingest', 'viewer', 'operator', 'admin'] as const)
    app.get(`/for-${needs}`, { config: { needs } }, async (request) => ({ tenant: request.access.tenant }));
  app.post('/act', { config: { needs: 'operator' } }, async () => ({ done: true }));
  app.get('/for-public', { config: { needs: 'public' } }, async () => ({ open: true }));
  app.get('/careless', { config: { needs: 'public' } }, async (request) => ({
    tenant: request.access.tenant,
  }));
  app.post(
    '/read-body',
    { config: { needs: 'viewer' }, schema: { body: z.object({ a: z.number() }) } },
    async () => ({}),
  );
};

const allowed: Record<Role, string[]> = {
  ingest: ['ingest'],
  viewer: ['viewer'],
  operator: ['viewer', 'operator'],
  admin: ['ingest', 'viewer', 'operator', 'admin'],
};
for (const role of ['ingest', 'viewer', 'operator', 'admin'] as const) {
  test(`guard: ${role} reaches ${allowed[role].join(', ')} and nothing else`, async () => {
    const { app, keys } = await accessFixture([{ role }], routes);
    for (const needs of ['ingest', 'viewer', 'operator', 'admin']) {
      const headers = { authorization: `Bearer ${keys[0] ?? ''}` };
      const answer = await app.inject({ url: `/api/v1/for-${needs}`, headers });
      const isAllowed = allowed[role].includes(needs);
      assert.equal(answer.statusCode, isAllowed ? 200 : 403, needs);
      if (isAllowed) assert.deepEqual(answer.json(), { tenant: tenantA });
      else assert.match(Problem.parse(answer.json()).message, new RegExp(`role ${needs}.*${role}`));
    }
    await app.close();
  });
}

test('guard: x-api-key serves senders that cannot set Authorization', async () => {
  const { app, keys } = await accessFixture([{ role: 'viewer' }], routes);
  const answer = await app.inject({ url: '/api/v1/for-viewer', headers: { 'x-api-key': keys[0] } });
  assert.equal(answer.statusCode, 200);
  await app.close();
});

const badCredentials = [
  { name: 'no key', headers: {}, message: /none came/ },
  {
    name: 'a key nobody knows',
    headers: { authorization: 'Bearer cbk_nonsense' },
    message: /not one of this/,
  },
  { name: 'another scheme', headers: { authorization: 'Basic YTpi' }, message: /none came/ },
  {
    name: 'a forged session',
    headers: { cookie: 'coldburn_session=v1.k.default.9999999999999.AAAA' },
    message: /session/,
  },
];
for (const { name, headers, message } of badCredentials) {
  test(`guard: ${name} is 401 and says what to send`, async () => {
    const { app } = await accessFixture([{ role: 'viewer' }], routes);
    const answer = await app.inject({ url: '/api/v1/for-viewer', headers });
    assert.equal(answer.statusCode, 401);
    assert.match(String(answer.headers['www-authenticate']), /^Bearer/);
    assert.match(Problem.parse(answer.json()).message, message);
    await app.close();
  });
}

test('guard: who may not come in is refused before the body is looked at', async () => {
  const { app } = await accessFixture([{ role: 'viewer' }], routes);
  const answer = await app.inject({ method: 'POST', url: '/api/v1/read-body', payload: { a: 'wrong' } });
  assert.equal(answer.statusCode, 401);
  await app.close();
});

test('guard: too many wrong keys are answered 429 with Retry-After', async () => {
  const { app } = await accessFixture([{ role: 'viewer' }], routes);
  const call = () => app.inject({ url: '/api/v1/for-viewer', headers: { 'x-api-key': 'wrong' } });
  for (let i = 0; i < 10; i += 1) assert.equal((await call()).statusCode, 401);
  const answer = await call();
  assert.equal(answer.statusCode, 429);
  assert.equal(answer.headers['retry-after'], '6');
  await app.close();
});

test('guard: public routes answer everybody, and know nobody', async () => {
  const { app } = await accessFixture([{ role: 'viewer' }], routes);
  assert.equal((await app.inject('/api/v1/for-public')).statusCode, 200);
  assert.equal((await app.inject('/api/v1/careless')).statusCode, 500, 'reading access there is our mistake');
  assert.equal((await app.inject('/api/v1/nothing-here')).statusCode, 404);
  await app.close();
});

test('guard: an open installation is admin of the default tenant for this machine', async () => {
  const { app } = await accessFixture([], routes);
  const answer = await app.inject({ url: '/api/v1/for-admin', headers: { host: 'localhost:8080' } });
  assert.deepEqual(answer.json(), { tenant: 'default' });
  await app.close();
});

test('guard: an open installation does not answer under a foreign name (DNS rebinding)', async () => {
  const { app } = await accessFixture([], routes);
  const answer = await app.inject({ url: '/api/v1/for-viewer', headers: { host: 'evil.example:8080' } });
  assert.equal(answer.statusCode, 403);
  assert.match(Problem.parse(answer.json()).message, /only under localhost, not under "evil\.example:8080"/);
  await app.close();
});

test('guard: an installation with keys answers under any name, the key decides', async () => {
  const { app, keys } = await accessFixture([{ role: 'viewer' }], routes);
  const headers = { host: 'obs.example', 'x-api-key': keys[0] };
  assert.equal((await app.inject({ url: '/api/v1/for-viewer', headers })).statusCode, 200);
  await app.close();
});

test('guard: another site cannot act through an open installation', async () => {
  const { app } = await accessFixture([], routes);
  const act = (headers: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/api/v1/act', headers });
  assert.equal((await act({ 'sec-fetch-site': 'cross-site' })).statusCode, 403);
  assert.equal((await act({ 'sec-fetch-site': 'same-origin' })).statusCode, 200);
  assert.equal((await act({})).statusCode, 200);
  await app.close();
});

test('guard: a key that was sent on purpose may come from anywhere', async () => {
  const { app, keys } = await accessFixture([{ role: 'operator' }], routes);
  const headers = { 'x-api-key': keys[0], 'sec-fetch-site': 'cross-site' };
  assert.equal((await app.inject({ method: 'POST', url: '/api/v1/act', headers })).statusCode, 200);
  await app.close();
});
