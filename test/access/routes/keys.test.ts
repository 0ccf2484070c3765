import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiKeys, CreatedApiKey } from '../../../schemas/api-key.js';
import { Problem } from '../../../schemas/problem.js';
import type { ZodApp } from '../../../schemas/zod-http.js';
import { accessFixture, tenantA, tenantB } from '../access-fixture.js';

const host = 'localhost:8080';

function create(app: ZodApp, key: string | undefined, payload: Record<string, string>) {
  const headers = key === undefined ? { host } : { 'x-api-key': key };
  return app.inject({ method: 'POST', url: '/api/v1/keys', headers, payload });
}

function readKey(json: unknown): { secret: string; keyId: string } {
  const { secret, key } = CreatedApiKey.parse(json);
  return { secret, keyId: key.keyId };
}

test('keys: an admin creates a key that works at once, and only for the admin’s tenant', async () => {
  const { app, keys } = await accessFixture([{ role: 'admin' }]);
  const answer = await create(app, keys[0], { name: 'grafana', role: 'viewer' });
  assert.equal(answer.statusCode, 201);
  const { secret } = readKey(answer.json());
  const who = await app.inject({ url: '/api/v1/session', headers: { 'x-api-key': secret } });
  assert.deepEqual(who.json(), { tenant: tenantA, role: 'viewer', mode: 'key' });
  await app.close();
});

test('keys: the list shows who made what, and no secret or hash', async () => {
  const { app, keys } = await accessFixture([{ role: 'admin' }]);
  const { secret, keyId } = readKey((await create(app, keys[0], { name: 'ci', role: 'ingest' })).json());
  const listed = await app.inject({ url: '/api/v1/keys', headers: { 'x-api-key': keys[0] } });
  const { keys: all } = ApiKeys.parse(listed.json());
  const names = all.map((key) => [key.keyId, key.name, key.createdBy]);
  assert.deepEqual(names, [
    [String(keys[0]).slice(4, 16), 'admin of tenant-a', 'cli'],
    [keyId, 'ci', String(keys[0]).slice(4, 16)],
  ]);
  assert.ok(!listed.body.includes(secret.slice(17)));
  assert.ok(!/sha256/i.test(listed.body));
  await app.close();
});

test('keys: a revoked key is refused from then on, and stays in the list', async () => {
  const { app, keys } = await accessFixture([{ role: 'admin' }]);
  const headers = { 'x-api-key': keys[0] };
  const { secret, keyId } = readKey((await create(app, keys[0], { name: 'ci', role: 'viewer' })).json());
  const revoke = () => app.inject({ method: 'DELETE', url: `/api/v1/keys/${keyId}`, headers });
  const first = await revoke();
  assert.notEqual(first.json().revokedAt, null);
  assert.deepEqual((await revoke()).json(), first.json(), 'revoking again changes nothing');
  const used = await app.inject({ url: '/api/v1/session', headers: { 'x-api-key': secret } });
  assert.equal(used.statusCode, 401);
  assert.match(Problem.parse(used.json()).message, /revoked/);
  assert.equal((await app.inject({ url: '/api/v1/keys', headers })).json().keys.length, 2);
  await app.close();
});

test('keys: a tenant neither sees nor revokes nor creates the keys of another', async () => {
  const { app, keys } = await accessFixture([
    { role: 'admin', tenant: tenantA },
    { role: 'admin', tenant: tenantB },
  ]);
  const headers = { 'x-api-key': keys[1] };
  const idOfA = String(keys[0]).slice(4, 16);
  const list = await app.inject({ url: '/api/v1/keys', headers });
  assert.ok(!list.body.includes(idOfA));
  const revoke = await app.inject({ method: 'DELETE', url: `/api/v1/keys/${idOfA}`, headers });
  assert.equal(revoke.statusCode, 404);
  const foreign = await create(app, keys[1], { name: 'n', role: 'viewer', tenant: tenantA });
  assert.equal(foreign.statusCode, 403);
  await app.close();
});

test('keys: the first key of an open installation must be an admin key, then keys are asked for', async () => {
  const { app } = await accessFixture([]);
  const refused = await create(app, undefined, { name: 'n', role: 'viewer' });
  assert.equal(refused.statusCode, 400);
  assert.match(Problem.parse(refused.json()).message, /first key must be an admin key/);
  assert.equal((await create(app, undefined, { name: 'n', role: 'admin' })).statusCode, 201);
  assert.equal((await create(app, undefined, { name: 'n', role: 'admin' })).statusCode, 401);
  await app.close();
});

test('keys: an unknown role is refused with the ones there are', async () => {
  const { app, keys } = await accessFixture([{ role: 'admin' }]);
  const answer = await create(app, keys[0], { name: 'n', role: 'root' });
  assert.equal(answer.statusCode, 400);
  assert.match(Problem.parse(answer.json()).message, /"role".*"ingest"\|"viewer".*got "root"/);
  await app.close();
});
