import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { ProblemError } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { accessFixture, tenantA, tenantB } from './access-fixture.js';
import { probeTwoTenants } from './two-tenants.js';

const marker = 'fn-of-a-only';
const rows = [{ tenant: tenantA, name: marker }];
const Names = z.object({ names: z.array(z.string()) });

const careful: ZodPlugin = async (app) => {
  const schema = { querystring: z.object({ from: z.coerce.date() }), response: { 200: Names } };
  app.get('/functions', { config: { needs: 'viewer' }, schema }, async ({ access }) => ({
    names: rows.filter((row) => row.tenant === access.tenant).map((row) => row.name),
  }));
  const params = z.object({ name: z.string() });
  app.get('/functions/:name', { config: { needs: 'viewer' }, schema: { params } }, async (request) => {
    const { name } = request.params;
    const row = rows.find((r) => r.tenant === request.access.tenant && r.name === name);
    if (row === undefined) throw new ProblemError('NOT_FOUND', `No function "${name}".`);
    return row;
  });
};
const careless: ZodPlugin = async (app) => {
  app.get('/leak', { config: { needs: 'viewer' } }, async () => ({ names: rows.map((row) => row.name) }));
};
const unknowable: ZodPlugin = async (app) => {
  const schema = { querystring: z.object({ mystery: z.string() }) };
  app.get('/mystery', { config: { needs: 'viewer' }, schema }, async () => ({}));
};

async function probe(routes: ZodPlugin) {
  const { app, keys } = await accessFixture(
    [
      { role: 'admin', tenant: tenantA },
      { role: 'admin', tenant: tenantB },
    ],
    routes,
  );
  const [keyA = '', keyB = ''] = keys;
  try {
    const parameters = { from: '2026-01-01T00:00:00Z', name: marker };
    return await probeTwoTenants({ app, keyA, keyB, markers: [marker, keyA.slice(4, 16)], parameters });
  } finally {
    await app.close();
  }
}

test('two tenants: endpoints that keep tenants apart pass, the access API among them', async () => {
  const probed = await probe(careful);
  assert.deepEqual(
    probed.filter(({ seenByA }) => seenByA).map(({ path }) => path),
    ['/api/v1/keys', '/api/v1/functions', '/api/v1/functions/{name}'],
  );
});

test('two tenants: an endpoint that forgets the tenant is caught', async () => {
  await assert.rejects(probe(careless), /\/api\/v1\/leak shows tenant A's rows to tenant B/);
});

test('two tenants: an endpoint the probe cannot call is not passed over', async () => {
  await assert.rejects(probe(unknowable), /requires "mystery"/);
});
