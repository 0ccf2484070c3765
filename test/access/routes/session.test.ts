import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../../schemas/problem.js';
import { Session } from '../../../schemas/session.js';
import type { ZodApp, ZodPlugin } from '../../../schemas/zod-http.js';
import { accessFixture, sessionMs, tenantA } from '../access-fixture.js';

const acting: ZodPlugin = async (app) => {
  app.post('/act', { config: { needs: 'operator' } }, async () => ({ done: true }));
};

function signIn(app: ZodApp, key: string | undefined, headers: Record<string, string> = {}) {
  return app.inject({ method: 'POST', url: '/api/v1/session', headers, payload: { key } });
}

function cookieOf(answer: { headers: Record<string, unknown> }): string {
  return String(answer.headers['set-cookie']).split(';', 1)[0] ?? '';
}

test('session: signing in with a key gives a cookie that stands for it', async () => {
  const { app, keys } = await accessFixture([{ role: 'operator' }], acting);
  const answer = await signIn(app, keys[0]);
  assert.deepEqual(Session.parse(answer.json()), { tenant: tenantA, role: 'operator', mode: 'key' });
  assert.match(String(answer.headers['set-cookie']), /HttpOnly; SameSite=Strict$/);
  assert.ok(
    !String(answer.headers['set-cookie']).includes(String(keys[0]).slice(17)),
    'the key is not in it',
  );
  const cookie = cookieOf(answer);
  const who = await app.inject({ url: '/api/v1/session', headers: { cookie } });
  assert.deepEqual(who.json(), { tenant: tenantA, role: 'operator', mode: 'key' });
  const act = (site: string) =>
    app.inject({ method: 'POST', url: '/api/v1/act', headers: { cookie, 'sec-fetch-site': site } });
  assert.equal((await act('same-origin')).statusCode, 200);
  assert.equal((await act('cross-site')).statusCode, 403);
  await app.close();
});

test('session: ends with its time', async () => {
  const { app, keys, clock } = await accessFixture([{ role: 'viewer' }]);
  const cookie = cookieOf(await signIn(app, keys[0]));
  clock.now = new Date(clock.now.getTime() + sessionMs);
  const answer = await app.inject({ url: '/api/v1/session', headers: { cookie } });
  assert.equal(answer.statusCode, 401);
  assert.match(Problem.parse(answer.json()).message, /session has ended/);
  await app.close();
});

test('session: ends when its key is revoked', async () => {
  const { app, keys } = await accessFixture([{ role: 'viewer' }, { role: 'admin' }]);
  const cookie = cookieOf(await signIn(app, keys[0]));
  const revoked = await app.inject({
    method: 'DELETE',
    url: `/api/v1/keys/${String(keys[0]).slice(4, 16)}`,
    headers: { 'x-api-key': keys[1] },
  });
  assert.equal(revoked.statusCode, 200);
  assert.equal((await app.inject({ url: '/api/v1/session', headers: { cookie } })).statusCode, 401);
  await app.close();
});

test('session: signing out takes the cookie away', async () => {
  const { app } = await accessFixture([{ role: 'viewer' }]);
  const answer = await app.inject({ method: 'DELETE', url: '/api/v1/session' });
  assert.equal(answer.statusCode, 204);
  assert.match(String(answer.headers['set-cookie']), /^coldburn_session=; .*Max-Age=0/);
  await app.close();
});

test('session: a wrong key is refused, and counted', async () => {
  const { app } = await accessFixture([{ role: 'viewer' }]);
  for (let i = 0; i < 10; i += 1) assert.equal((await signIn(app, 'cbk_wrong')).statusCode, 401);
  assert.equal((await signIn(app, 'cbk_wrong')).statusCode, 429);
  await app.close();
});

test('session: an ingest key cannot sign in', async () => {
  const { app, keys } = await accessFixture([{ role: 'ingest' }]);
  const answer = await signIn(app, keys[0]);
  assert.equal(answer.statusCode, 403);
  assert.equal(answer.headers['set-cookie'], undefined);
  await app.close();
});

test('session: another site cannot sign a browser in', async () => {
  const { app, keys } = await accessFixture([{ role: 'viewer' }]);
  assert.equal((await signIn(app, keys[0], { 'sec-fetch-site': 'cross-site' })).statusCode, 403);
  await app.close();
});

test('session: an open installation says so, and needs no cookie', async () => {
  const { app } = await accessFixture([]);
  const answer = await app.inject({ url: '/api/v1/session', headers: { host: 'localhost' } });
  assert.deepEqual(answer.json(), { tenant: 'default', role: 'admin', mode: 'open' });
  assert.equal(answer.headers['set-cookie'], undefined);
  await app.close();
});
