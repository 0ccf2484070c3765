import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { foldKeys } from '../../../access/keys/fold-keys.js';
import type { KeyEvent } from '../../../access/keys/key-event.js';
import { Role, Tenant } from '../../../schemas/access.js';

const common = {
  tenant: fc.constantFrom(Tenant.parse('a'), Tenant.parse('b')),
  keyId: fc.constantFrom('k1', 'k2', 'k3'),
  actor: fc.constantFrom('cli', 'open'),
  at: fc.nat(5).map((ms) => new Date(ms)),
};
const anyEvent: fc.Arbitrary<KeyEvent> = fc.oneof(
  fc.record({
    ...common,
    kind: fc.constant('created' as const),
    name: fc.constantFrom('x', 'y'),
    role: fc.constantFrom(...Role.options),
    secretSha256: fc.constantFrom('00', 'ff'),
  }),
  fc.record({ ...common, kind: fc.constant('revoked' as const) }),
);

const created: KeyEvent = {
  kind: 'created',
  tenant: Tenant.parse('a'),
  keyId: 'k1',
  actor: 'cli',
  at: new Date(1000),
  name: 'ci',
  role: 'viewer',
  secretSha256: 'aa',
};
const revoked: KeyEvent = {
  kind: 'revoked',
  tenant: Tenant.parse('a'),
  keyId: 'k1',
  actor: 'k9',
  at: new Date(2000),
};

test('foldKeys: a created key is there, and not revoked', () => {
  const key = foldKeys([created]).get('k1');
  assert.equal(key?.role, 'viewer');
  assert.equal(key?.revokedAt, null);
});

test('foldKeys: a revoked key stays known as revoked', () => {
  assert.deepEqual(foldKeys([created, revoked]).get('k1')?.revokedAt, new Date(2000));
});

test('foldKeys: a revocation counts even when its clock ran behind the creation', () => {
  assert.notEqual(foldKeys([created, { ...revoked, at: new Date(0) }]).get('k1')?.revokedAt, null);
});

test('foldKeys: a later creation cannot raise the role or swap the secret', () => {
  const again = { ...created, role: 'admin', secretSha256: 'bb', at: new Date(3000) } as const;
  const key = foldKeys([again, created]).get('k1');
  assert.equal(key?.role, 'viewer');
  assert.equal(key?.secretSha256, 'aa');
});

test('foldKeys: another tenant cannot revoke the key', () => {
  assert.equal(foldKeys([created, { ...revoked, tenant: Tenant.parse('b') }]).get('k1')?.revokedAt, null);
});

test('foldKeys: neither the order nor repetition of events changes the keys', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (events, ranks) => {
      const shuffled = [...events, ...events.slice(0, 3)]
        .map((event) => ({ event, rank: ranks.next().value }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ event }) => event);
      const sorted = (keys: ReturnType<typeof foldKeys>) => [...keys].sort(([a], [b]) => (a < b ? -1 : 1));
      assert.deepEqual(sorted(foldKeys(shuffled)), sorted(foldKeys(events)));
    }),
  );
});
