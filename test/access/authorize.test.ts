import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAuthorize } from '../../access/authorize.js';
import { createFailedAttempts } from '../../access/failed-attempts.js';
import { openKeyRing } from '../../access/keys/key-ring.js';
import { storedKeyAdmin } from '../../access/keys/stored-key-admin.js';
import type { Verdict } from '../../schemas/access.js';
import { tenantA } from './access-fixture.js';
import { countingBytes, memoryKeyStore } from './memory-key-store.js';

async function fixture(isOpenWithoutKeys = false) {
  const clock = { now: new Date(0) };
  const now = () => clock.now;
  const store = memoryKeyStore();
  const ring = await openKeyRing(store);
  const admin = storedKeyAdmin(
    { store, ring, now, randomBytes: countingBytes() },
    { actor: 'cli', tenant: null },
  );
  const attempts = createFailedAttempts({ burst: 3, refillMs: 10_000, maxAddresses: 10 });
  const authorize = createAuthorize({ ring, attempts, isOpenWithoutKeys, now });
  const create = async () => (await admin.create({ name: 'n', role: 'viewer', tenant: tenantA })).secret;
  return { clock, ring, admin, authorize, create };
}

function told(verdict: Verdict): string {
  return verdict.kind === 'granted' ? verdict.access.role : verdict.refusal.kind;
}

/** Well-formed in every part, and still not a key. */
const wrongKey = 'cbk_000000000000_00000000000000000000000000000000000000';

test('authorize: a key gives its own tenant and role', async () => {
  const { authorize, create } = await fixture();
  const verdict = await authorize(await create(), '192.0.2.1');
  assert.ok(verdict.kind === 'granted');
  assert.equal(verdict.access.tenant, tenantA);
  assert.equal(verdict.access.role, 'viewer');
});

test('authorize: the id of a key with the secret of another is unknown', async () => {
  const { authorize, create } = await fixture();
  const [one, two] = [await create(), await create()];
  assert.equal(told(await authorize(one.slice(0, 17) + two.slice(17), '192.0.2.1')), 'unknown');
});

test('authorize: a revoked key is refused as such, at once', async () => {
  const { authorize, create, admin } = await fixture();
  const key = await create();
  await admin.revoke(key.slice(4, 16));
  assert.equal(told(await authorize(key, '192.0.2.1')), 'revoked');
});

test('authorize: without keys an open installation grants admin, a closed one nothing', async () => {
  const open = await (await fixture(true)).authorize(null, '127.0.0.1');
  assert.deepEqual(open, { kind: 'granted', access: { tenant: 'default', role: 'admin', keyId: null } });
  assert.equal(told(await (await fixture(false)).authorize(null, '127.0.0.1')), 'missing');
});

test('authorize: from the first key on keys are asked for, and revoking the last does not open again', async () => {
  const { authorize, create, admin } = await fixture(true);
  const key = await create();
  assert.equal(told(await authorize(null, '127.0.0.1')), 'missing');
  await admin.revoke(key.slice(4, 16));
  assert.equal(told(await authorize(null, '127.0.0.1')), 'missing');
});

test('authorize: too many failures throttle the address, and only for as long as it says', async () => {
  const { authorize, create, clock } = await fixture();
  const key = await create();
  for (let i = 0; i < 3; i += 1) assert.equal(told(await authorize(wrongKey, '192.0.2.1')), 'unknown');
  const throttled = await authorize(wrongKey, '192.0.2.1');
  assert.deepEqual(throttled, { kind: 'refused', refusal: { kind: 'throttled', retryAfterSeconds: 10 } });
  assert.equal(
    told(await authorize(key, '192.0.2.1')),
    'throttled',
    'a right guess does not get through either',
  );
  assert.equal(told(await authorize(key, '192.0.2.2')), 'viewer', 'another address is not held up');
  clock.now = new Date(10_000);
  assert.equal(told(await authorize(key, '192.0.2.1')), 'viewer');
});

test('authorize: a sender that worked before goes on while a neighbour behind its proxy fails', async () => {
  const { authorize, create } = await fixture();
  const key = await create();
  assert.equal(told(await authorize(key, '192.0.2.1')), 'viewer');
  for (let i = 0; i < 5; i += 1) await authorize(wrongKey, '192.0.2.1');
  assert.equal(told(await authorize(key, '192.0.2.1')), 'viewer');
});

test('authorize: successes and requests without a key do not count as failures', async () => {
  const { authorize, create } = await fixture();
  const key = await create();
  for (let i = 0; i < 20; i += 1) {
    assert.equal(told(await authorize(key, '192.0.2.1')), 'viewer');
    assert.equal(told(await authorize(null, '192.0.2.1')), 'missing');
  }
  assert.equal(told(await authorize(wrongKey, '192.0.2.1')), 'unknown');
});

test('authorize: the last use of a key is noted', async () => {
  const { authorize, create, clock, ring, admin } = await fixture();
  const key = await create();
  clock.now = new Date(5000);
  await authorize(key, '192.0.2.1');
  assert.deepEqual(ring.lastUsedAt(key.slice(4, 16)), new Date(5000));
  assert.deepEqual(
    (await admin.list()).map((k) => k.lastUsedAt),
    [new Date(5000)],
  );
});
