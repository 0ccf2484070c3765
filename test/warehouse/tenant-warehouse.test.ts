import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { z } from 'zod';
import { Tenant } from '../../schemas/access.js';
import type { TenantParams, TenantSql } from '../../warehouse/warehouse.js';
import { inEveryMode } from '../support/in-every-mode.js';

/** These lines compile only while the tenant's door refuses such statements and such values. */
type Refuses<Value, Wanted> = Value extends Wanted ? never : true;
const noPlaceholder: Refuses<'SELECT secret FROM spans', TenantSql> = true;
const otherPlaceholder: Refuses<'SELECT {tenants: String}', TenantSql> = true;
const anySql: Refuses<string, TenantSql> = true;
const ownTenant: Refuses<{ tenant: string }, TenantParams> = true;

const TABLE = 'CREATE TABLE owned (tenant String, secret String) ENGINE = MergeTree ORDER BY tenant';
const SECRETS = 'SELECT secret FROM owned WHERE tenant = {tenant: String} AND secret != {not: String}';
const Secret = z.object({ secret: z.string() });

const acme = Tenant.parse('acme');
const globex = Tenant.parse('globex');

inEveryMode('tenant door', (warehouse) => {
  before(async () => {
    await warehouse().command(TABLE);
    await warehouse().command(
      "INSERT INTO owned SELECT * FROM values(('acme', 'anvil'), ('globex', 'laser'))",
    );
  });

  test('the compiler refuses statements without the placeholder, and tenants brought along', () => {
    assert.deepEqual([noPlaceholder, otherPlaceholder, anySql, ownTenant], [true, true, true, true]);
  });

  test('each tenant sees its own rows only, in answers and in streams', async () => {
    assert.deepEqual(await warehouse().forTenant(acme).query(SECRETS, { not: '' }, Secret), [
      { secret: 'anvil' },
    ]);
    const seen = [];
    for await (const row of warehouse().forTenant(globex).stream(SECRETS, { not: '' }, Secret))
      seen.push(row);
    assert.deepEqual(seen, [{ secret: 'laser' }]);
  });

  test('hundreds of interleaved readers never see a row of the other', async () => {
    const owners = [acme, globex];
    await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const owner = owners[index % 2] ?? acme;
        const rows = await warehouse().forTenant(owner).query(SECRETS, { not: '' }, Secret);
        assert.deepEqual(rows, [{ secret: owner === acme ? 'anvil' : 'laser' }]);
      }),
    );
  });

  const tricks: { name: string; sql: TenantSql }[] = [
    { name: 'in a line comment', sql: 'SELECT secret FROM owned -- {tenant: String}' },
    { name: 'in a block comment', sql: 'SELECT secret FROM owned /* {tenant: String} */' },
    { name: 'in a literal', sql: "SELECT secret FROM owned WHERE secret != '{tenant: String}'" },
  ];
  for (const { name, sql } of tricks) {
    test(`a placeholder ${name} binds nothing and is refused`, async () => {
      await assert.rejects(warehouse().forTenant(acme).query(sql, {}, Secret), { kind: 'bad-query' });
      assert.throws(() => warehouse().forTenant(acme).stream(sql, {}, Secret), { kind: 'bad-query' });
    });
  }

  test('a tenant smuggled in past the compiler is refused', async () => {
    const smuggled: Record<string, string> = { not: '', tenant: 'globex' };
    const params: TenantParams = z.custom<TenantParams>().parse(smuggled);
    await assert.rejects(warehouse().forTenant(acme).query(SECRETS, params, Secret), { kind: 'bad-query' });
  });
});
