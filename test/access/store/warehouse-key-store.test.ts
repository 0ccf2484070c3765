import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createAuthorize } from '../../../access/authorize.js';
import { createFailedAttempts, defaultAttemptPolicy } from '../../../access/failed-attempts.js';
import { foldKeys } from '../../../access/keys/fold-keys.js';
import type { KeyEvent } from '../../../access/keys/key-event.js';
import { keepFresh, openKeyRing } from '../../../access/keys/key-ring.js';
import { storedKeyAdmin } from '../../../access/keys/stored-key-admin.js';
import { warehouseKeyStore } from '../../../access/store/warehouse-key-store.js';
import { Tenant } from '../../../schemas/access.js';
import { openEmbedded } from '../../../warehouse/embedded/open-embedded.js';
import { migrate } from '../../../warehouse/migrate/migrate.js';
import { readMigrations } from '../../../warehouse/migrate/read-migrations.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { defaultLimits } from '../../../warehouse/warehouse-limits.js';

const sqlDirectory = new URL('../../../../schemas/sql/', import.meta.url);
const database = 'coldburn';
const now = () => new Date();
let dataDir: string;
let warehouse: Warehouse;

before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'coldburn-keys-'));
  const limits = defaultLimits(2 * 1024 ** 3, 2);
  warehouse = await openEmbedded({ dataDir, database, limits, newId: randomUUID });
  const deps = { program: 'test', newId: randomUUID, now };
  await migrate(warehouse, await readMigrations(sqlDirectory), { kind: 'single', database }, deps);
});
after(async () => {
  await warehouse.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('warehouse key store: events come back as they were appended', async () => {
  const store = warehouseKeyStore(warehouse);
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

test('warehouse key store: a key another process makes or revokes is noticed within seconds', async () => {
  const store = warehouseKeyStore(warehouse);
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
    await until(async () => (await told()) === 'granted');
    await admin.revoke(key.keyId);
    await until(async () => (await told()) === 'revoked');
    assert.deepEqual(errors, []);
  } finally {
    stop();
  }
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, 'not noticed within ten seconds');
    await delay(20);
  }
}
