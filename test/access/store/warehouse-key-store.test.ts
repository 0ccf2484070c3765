import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import { z } from 'zod';
import { createAuthorize } from '../../../access/authorize.js';
import { createFailedAttempts, defaultAttemptPolicy } from '../../../access/failed-attempts.js';
import { foldKeys } from '../../../access/keys/fold-keys.js';
import type { KeyEvent } from '../../../access/keys/key-event.js';
import { keepFresh, openKeyRing } from '../../../access/keys/key-ring.js';
import { storedKeyAdmin } from '../../../access/keys/stored-key-admin.js';
import { warehouseKeyStore } from '../../../access/store/warehouse-key-store.js';
import { Tenant } from '../../../schemas/access.js';
import { renderMigrations } from '../../../warehouse/migrate/migration.js';
import { readMigrations } from '../../../warehouse/migrate/read-migrations.js';
import { inEveryMode } from '../../support/in-every-mode.js';
import { waitUntil } from '../../support/wait-until.js';

const sqlDirectory = new URL('../../../../schemas/sql/', import.meta.url);
const now = () => new Date();

inEveryMode('warehouse key store', (warehouse) => {
  before(async () => {
    const [row] = await warehouse().query(
      'SELECT currentDatabase() AS name',
      {},
      z.object({ name: z.string() }),
    );
    const target = { kind: 'single', database: row?.name ?? '' } as const;
    const migrations = renderMigrations(await readMigrations(sqlDirectory), target);
    for (const { statements } of migrations) for (const sql of statements) await warehouse().command(sql);
  });

  test('events come back as they were appended', async () => {
    const store = warehouseKeyStore(warehouse());
    const tenant = Tenant.parse('round-trip');
    const at = new Date('2026-03-29T01:30:00.123Z');
    const created: KeyEvent = {
      kind: 'created',
      tenant,
      keyId: 'k1',
      actor: 'cli',
      at,
      name: `it's "quoted" \\ and\nnew {x: String} 日本`,
      role: 'operator',
      secretSha256: 'ab'.repeat(32),
    };
    const revoked: KeyEvent = { kind: 'revoked', tenant, keyId: 'k1', actor: 'k2', at };
    await store.append(created);
    await store.append(revoked);
    const events = (await store.read()).filter((event) => event.tenant === tenant);
    assert.deepEqual(
      events.sort((a, b) => (a.kind < b.kind ? -1 : 1)),
      [created, revoked],
    );
    assert.deepEqual(foldKeys(events).get('k1')?.revokedAt, at);
  });

  test('a key another process makes or revokes is noticed within seconds', async () => {
    const store = warehouseKeyStore(warehouse());
    const here = await openKeyRing(store);
    const errors: unknown[] = [];
    const stop = keepFresh(here, 50, (error) => errors.push(error));
    const attempts = createFailedAttempts({ ...defaultAttemptPolicy, burst: 10_000 });
    const authorize = createAuthorize({ ring: here, attempts, isOpenWithoutKeys: false, now });
    try {
      const there = { store, ring: await openKeyRing(store), now, randomBytes };
      const admin = storedKeyAdmin(there, { actor: 'cli', tenant: null });
      const { secret, key } = await admin.create({ name: 'made elsewhere', role: 'viewer' });
      const told = async () => {
        const verdict = await authorize(secret, '192.0.2.1');
        return verdict.kind === 'granted' ? 'granted' : verdict.refusal.kind;
      };
      await waitUntil('the key is accepted', async () => (await told()) === 'granted');
      await admin.revoke(key.keyId);
      await waitUntil('the key is refused', async () => (await told()) === 'revoked');
      assert.deepEqual(errors, []);
    } finally {
      stop();
    }
  });
});
